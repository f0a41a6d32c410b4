-- A plugin that is its own module.
-- expect: input
-- says: there is no module 'plugin'
-- runs: file
local me = require("plugin")
return me
