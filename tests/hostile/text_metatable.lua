-- Changing what texts do, for everybody.
-- expect: input
-- says: attempt to index a nil value
getmetatable("").__index = function() return 666 end
