-- An error that is a function.
-- expect: input
-- says: function
error(function() while true do end end)
