-- A metamethod that loops: __newindex, caught.
-- expect: limit
-- says: instructions
local m = { __newindex = function() while true do end end }
local t, u = setmetatable({}, m), setmetatable({}, m)
pcall(function() t.x = 1 end)
return d.x
