/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Sine, cosine and arc sine by the polynomials of fdlibm (Sun Microsystems, 1993: "Permission to
 * use, copy, modify, and distribute this software is freely granted"). Degrees are reduced to 45
 * around a multiple of 90 before anything is rounded, so that sin 180 is 0.
 */
#include "base/sphere.h"

#include "base/math.h"

static const double sphere_radian = 0.017453292519943295; /* pi / 180 */
static const double sphere_half_pi = 1.5707963267948966;

/* |x| <= pi/4 */
static double sphere_sin(double x)
{
    const double z = x * x;
    const double r = 8.33333333332248946124e-03 +
                     z * (-1.98412698298579493134e-04 +
                          z * (2.75573137070700676789e-06 +
                               z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));

    return x + z * x * (-1.66666666666666324348e-01 + z * r);
}

static double sphere_cos(double x)
{
    const double z = x * x, half = 0.5 * z, w = 1 - half;
    const double r =
        z * (4.16666666666666019037e-02 +
             z * (-1.38888888888741095749e-03 +
                  z * (2.48015872894767294178e-05 +
                       z * (-2.75573143513906633035e-07 +
                            z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));

    return w + ((1 - w - half) + z * r);
}

double mera_sin_degrees(double degrees)
{
    const double turns = floor(degrees / 90 + 0.5), rest = (degrees - turns * 90) * sphere_radian;

    switch (((int)turns % 4 + 4) % 4) {
    case 0:
        return sphere_sin(rest);
    case 1:
        return sphere_cos(rest);
    case 2:
        return -sphere_sin(rest);
    default:
        return -sphere_cos(rest);
    }
}

double mera_cos_degrees(double degrees)
{
    return mera_sin_degrees(degrees + 90);
}

/* asin(x) = x + x R(x^2) for |x| <= 0.5 */
static double sphere_asin_ratio(double t)
{
    const double p =
        t * (1.66666666666666657415e-01 +
             t * (-3.25565818622400915405e-01 +
                  t * (2.01212532134862925881e-01 +
                       t * (-4.00555345006794114027e-02 +
                            t * (7.91534994289814532176e-04 + t * 3.47933107596021167570e-05)))));
    const double q =
        1 + t * (-2.40339491173441421878e+00 +
                 t * (2.02094576023350569471e+00 +
                      t * (-6.88283971605453293030e-01 + t * 7.70381505559019352791e-02)));

    return p / q;
}

double mera_asin(double x)
{
    const double size = fabs(x);
    double y;

    if (!(size <= 1)) {
        return NAN;
    }
    if (size < 0.5) {
        return x + x * sphere_asin_ratio(x * x);
    }
    y = sqrt((1 - size) / 2);
    y = sphere_half_pi - 2 * (y + y * sphere_asin_ratio((1 - size) / 2));
    return x < 0 ? -y : y;
}

bool mera_point_at(double latitude, double longitude, mera_point *out)
{
    double around;

    if (!(fabs(latitude) <= 90) || !(longitude >= -180 && longitude <= 360)) {
        return false;
    }
    around = mera_cos_degrees(latitude);
    *out = (mera_point){around * mera_cos_degrees(longitude), around * mera_sin_degrees(longitude),
                        mera_sin_degrees(latitude)};
    return true;
}

double mera_point_chord(mera_point a, mera_point b)
{
    const double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    const double chord = sqrt(x * x + y * y + z * z);

    return chord > 2 ? 2 : chord;
}

double mera_chord_km(double chord)
{
    return 2 * mera_asin(chord / 2) * MERA_EARTH_KM;
}

double mera_km_chord(double km)
{
    const double half = km / MERA_EARTH_KM / 2;

    return half >= sphere_half_pi ? 2 : 2 * mera_sin_degrees(half / sphere_radian);
}
