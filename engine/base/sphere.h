/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Places on a sphere: sine and cosine of degrees, arc sine, great-circle distance. Of our own, as
 * base/math.h is: the same bits on every processor.
 */
#ifndef MERA_BASE_SPHERE_H
#define MERA_BASE_SPHERE_H

#include <stdbool.h>

/** Mean radius of the Earth in km (IUGG). */
#define MERA_EARTH_KM 6371.0088

/** A place as a point of the unit sphere. */
typedef struct mera_point {
    double x, y, z;
} mera_point;

double mera_sin_degrees(double degrees); /**< |degrees| up to 1e6 */
double mera_cos_degrees(double degrees);
double mera_asin(double x); /**< radians, x in [-1, 1] */

/** The point at a latitude (-90 to 90) and longitude (-180 to 360); false when it is none. */
bool mera_point_at(double latitude, double longitude, mera_point *out);

/** Length of the straight line through the sphere, 0 to 2: it grows with the distance. */
double mera_point_chord(mera_point a, mera_point b);

/** The great-circle distance in km of a chord. */
double mera_chord_km(double chord);

/** The chord of a great-circle distance in km; 2 from half way round on. */
double mera_km_chord(double km);

#endif
