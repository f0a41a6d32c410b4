-- An error whose text is an error, whose text is an error.
-- expect: input
-- says: error without a message
local function fresh() return setmetatable({}, { __tostring = function() error(fresh()) end }) end
error(fresh())
