-- Missing numbers in an order.
-- expect: input
-- says: NaN
table.sort { 3, 0 / 0, 1 }
