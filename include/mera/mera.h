/* SPDX-License-Identifier: Apache-2.0 */
/** @file The whole public API. */
#ifndef MERA_H
#define MERA_H

#include "mera/again.h"
#include "mera/analysis.h"
#include "mera/arena.h"
#include "mera/audit.h"
#include "mera/budget.h"
#include "mera/certificates.h"
#include "mera/certify.h"
#include "mera/clusters.h"
#include "mera/dataset.h"
#include "mera/error.h"
#include "mera/leave_out.h"
#include "mera/limits.h"
#include "mera/methodology.h"
#include "mera/op.h"
#include "mera/perimeter.h"
#include "mera/plan.h"
#include "mera/priorities.h"
#include "mera/profile.h"
#include "mera/read.h"
#include "mera/robust.h"
#include "mera/robustness.h"
#include "mera/rounding.h"
#include "mera/sensitivity.h"
#include "mera/similar.h"
#include "mera/slider.h"
#include "mera/statistics.h"
#include "mera/value.h"
#include "mera/variance.h"

#endif
