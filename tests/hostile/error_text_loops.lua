-- An error object whose text is computed for ever.
-- expect: limit
-- says: instructions
error(setmetatable({}, { __tostring = function() while true do end end }))
