"""`backorders import` and `backorders export`: CSV files, in and out."""
