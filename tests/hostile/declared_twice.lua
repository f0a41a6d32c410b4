-- A second plugin from inside the first.
-- expect: input
-- says: called twice
mera.plugin { id = "honest", version = "1.0.0", api = 1 }
