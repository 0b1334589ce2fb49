"""The backlog as a picture: over time, by age and by SKU; in the terminal, as SVG, as PNG.

`figures` has what is drawn, `layout` where it stands. A picture is a list of plain shapes, which
`svg` and `png` each write in their own way.
"""
