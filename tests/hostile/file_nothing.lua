-- A file that gives nothing.
-- expect: input
-- says: must end with
-- runs: file
local x = 1
