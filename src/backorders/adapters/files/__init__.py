"""CSV files as people have them, taken into the store whole or not at all, and written out again.

A file is read twice over: once as it comes, into a spool on disk, where the rows of one order come
together however they were scattered; then, document by document, checked, and only then placed or
booked. At no time is more than one document of it in memory, however long it is.
"""
