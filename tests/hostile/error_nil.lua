-- An error that is nothing.
-- expect: input
-- says: nil
error(nil)
