-- A file that declares one plugin and gives another.
-- expect: input
-- says: must end with
-- runs: file
mera.plugin { id = "hostile" }
return { id = "honest" }
