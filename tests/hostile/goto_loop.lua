-- A loop made of goto.
-- expect: limit
-- says: instructions
::again::
goto again
