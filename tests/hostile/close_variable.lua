-- A variable that runs code when it leaves its block.
-- expect: input
-- says: '__close' is not available
local x <close> = setmetatable({}, { __close = function() while true do end end })
return d.x
