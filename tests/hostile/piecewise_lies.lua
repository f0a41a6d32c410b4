-- Points that are no numbers, fall, or come from a table that answers for itself.
-- expect: fine
local lies = setmetatable({}, { __index = function() return 1 end, __len = function() return 1e9 end })
for _, points in ipairs { { 2, 1 }, { 0 / 0, 1 }, { "a", "b" }, { 1 / 0, 2 }, {}, lies } do
  assert(not pcall(mera.piecewise, d.x, points, { 1, 2 }))
end
return d.x
