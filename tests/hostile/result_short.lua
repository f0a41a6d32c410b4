-- A column of another length.
-- expect: input
-- says: there are 100 units
return mera.where(d.x:lt(5), d.x, nil):sorted()
