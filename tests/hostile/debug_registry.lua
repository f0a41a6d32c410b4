-- The registry, where everything is kept.
-- expect: input
-- says: 'debug' is not available
return debug.getregistry()
