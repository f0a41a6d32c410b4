-- A module outside of the plugin's own folder.
-- expect: input
-- says: there is no module
return require("../honest/plugin")
