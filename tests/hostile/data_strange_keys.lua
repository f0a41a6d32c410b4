-- Columns asked for by what is no name.
-- expect: fine
for _, k in ipairs { 1, 0.5, true, {}, function() end, math.huge, ("x"):rep(60000), "\0", "" } do
  assert(not pcall(function() return d[k] end))
end
assert(not pcall(function() return d[0 / 0] end))
assert(not pcall(function() return d[nil] end))
return d.x
