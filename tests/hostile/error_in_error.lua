-- An error raised while the text of an error is made.
-- expect: input
-- says: again
error(setmetatable({}, { __tostring = function() error("again") end }))
