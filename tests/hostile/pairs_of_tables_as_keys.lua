-- Tables as keys: their order would be that of addresses.
-- expect: fine
local t = {}
for i = 1, 50 do t[{}] = i end
local ok, order = pcall(function()
  local seen = {}
  for _, v in pairs(t) do seen[#seen + 1] = v end
  return table.concat(seen, " ")
end)
local one = {}
for i = 1, 50 do one[i] = tostring(i) end
assert(not ok or order == table.concat(one, " "), order)
return d.x
