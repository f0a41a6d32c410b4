-- A library of the system as a module.
-- expect: input
-- says: there is no module
return require("os")
