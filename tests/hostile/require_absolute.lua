-- A module by an absolute path.
-- expect: input
-- says: there is no module
return require("/etc/passwd")
