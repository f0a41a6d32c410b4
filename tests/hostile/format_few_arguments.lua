-- Formats that want more than they get.
-- expect: fine
assert(not pcall(string.format, "%s %s %s", 1))
assert(not pcall(string.format, "%d", {}))
assert(not pcall(string.format, "%"))
assert(not pcall(string.format, "%-+ #0123456789.123456789d", 1))
return d.x
