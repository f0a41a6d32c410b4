-- A finaliser put into a metatable after it was set: it must never run.
-- expect: fine
local m = {}
kept[1] = setmetatable({}, m)
m.__gc = function() while true do end end
kept[2] = setmetatable({}, m)
kept = {}
for i = 1, 10000 do local garbage = { i } end
return d.x
