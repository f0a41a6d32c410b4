-- Changing a library through the functions that write into tables.
-- expect: fine
for _, t in ipairs { math, string, table, mera, p, d } do
  assert(not pcall(table.insert, t, 1))
  assert(not pcall(table.remove, t))
  assert(not pcall(table.sort, t, function() return false end))
  assert(not pcall(setmetatable, t, nil))
  assert(not pcall(rawset, t, 1, 1))
  assert(getmetatable(t) == nil)
  assert(rawget(t, "abs") == nil and rawlen(t) == 0)
end
return d.x
