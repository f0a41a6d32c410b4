-- Joining nothing for ever: as many empty texts as an integer counts.
-- expect: limit
-- says: instructions
local t = setmetatable({}, { __index = function() return "" end })
for i = 1, 50000 do t[i] = "" end
while true do table.concat(t) end
