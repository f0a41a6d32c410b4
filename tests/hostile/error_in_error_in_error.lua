-- Errors with texts that raise errors with texts.
-- expect: input
-- says: error
local function bad(n)
  return setmetatable({}, { __tostring = function() error(bad(n + 1)) end })
end
error(bad(1))
