"""The agreement and the directory in the browser, for an editor who is no programmer."""
