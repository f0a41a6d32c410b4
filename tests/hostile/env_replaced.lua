-- Another table of globals.
-- expect: input
-- says: '_ENV' is not available
local _ENV = { error = error }
return d.x
