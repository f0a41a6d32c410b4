-- No result.
-- expect: input
-- says: returned nothing

