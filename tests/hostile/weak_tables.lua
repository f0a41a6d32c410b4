-- Weak tables, which make collection slow.
-- expect: input
-- says: '__mode' is not available
setmetatable({}, { __mode = "k" })
