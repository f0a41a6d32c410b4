-- A finaliser that loops when memory is collected or the state is closed.
-- expect: input
-- says: '__gc' is not available
kept[1] = setmetatable({}, { __gc = function() while true do end end })
return d.x
