-- A __tostring that gives no text.
-- expect: input
-- says: __tostring
error(setmetatable({}, { __tostring = function() return {} end }))
