-- Every way out of the box by name.
-- expect: fine
assert(not pcall(function() return os end))
assert(not pcall(function() return io end))
assert(not pcall(function() return debug end))
assert(not pcall(function() return package end))
assert(not pcall(function() return _G end))
assert(not pcall(function() return dofile end))
assert(not pcall(function() return loadfile end))
assert(not pcall(function() return loadstring end))
assert(not pcall(function() return collectgarbage end))
assert(not pcall(function() return next end))
assert(not pcall(function() return print end))
assert(not pcall(function() return warn end))
assert(not pcall(function() return table.move end))
assert(not pcall(function() return math.random end))
return d.x
