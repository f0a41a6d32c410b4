-- A line of 500,000 statements.
-- expect: fine
--[[repeat 100000 ;]]
return d.x
