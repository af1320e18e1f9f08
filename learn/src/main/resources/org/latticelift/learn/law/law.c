/*
@COMMENT@
 *
 * C99, for any number of threads, without allocation; link with -lm. Other files include this one with @P@_DECLARATIONS
 * defined, which leaves the functions out. Compiled with -D@P@_MAIN it is a program: --self-test compares it with numbers of
 * the program that wrote it, --speed measures it.
 *
 * The state of a point is y[@P@_MODELS][@P@_VARIABLES]: every model of the committee has a state of its own. Variables and
 * times of the equation dy = mu ds + sigma dW are scaled: y = (z - mean) / deviation and ds = dt / tau(condition). Times t are
 * in @TIME@, conditions are @CONDITION@. One time step of another program is one call of @p@_advance.
 */
#ifndef @P@_H
#define @P@_H

#ifdef __cplusplus
extern "C" {
#endif

#define @P@_VARIABLES @D@
#define @P@_OBSERVABLES @M@
#define @P@_MODELS @MODELS@
#define @P@_CONDITIONS @C@

/* How a step is made. Runge and Kutta's method of three drifts takes steps ten times longer. */
#define @P@_EULER 0
#define @P@_RUNGE_KUTTA 1

/* The equation at one condition. */
typedef struct {
  double condition;
  double time_unit;    /* tau */
  double longest_step; /* of Runge and Kutta, scaled time */
@FOLD_FIELDS@
} @p@_condition;

extern const char *const @p@_variable_names[@P@_VARIABLES];
extern const char *const @p@_observable_names[@P@_OBSERVABLES];

/* tau; outside the trained range ln tau goes on straight in 1/condition, in the condition where not all are above 0. */
double @p@_time_unit(double condition);

/* How far a condition is outside the trained range; 0 inside. */
double @p@_outside(double condition);

//:if STATES
/* Distance of a scaled state from those that the models were trained at, above 1 for farther than these are from each other.
   uncertain: half of the interval of each variable, scaled; or 0. */
double @p@_distance(double condition, const double y[@P@_VARIABLES], const double uncertain[@P@_VARIABLES]);

//:end
void @p@_at(double condition, @p@_condition *equation);

/* Where predictions start unless something else is known: @START@. */
void @p@_start(double y[@P@_MODELS][@P@_VARIABLES]);

/* All models at given observables. */
void @p@_set(const double observables[@P@_OBSERVABLES], double y[@P@_MODELS][@P@_VARIABLES]);

/* The observables of one state. */
void @p@_observables(const double y[@P@_VARIABLES], double observables[@P@_OBSERVABLES]);

/* Per scaled time; sigma row-major. */
void @p@_drift(const @p@_condition *equation, int model, const double y[@P@_VARIABLES], double mu[@P@_VARIABLES]);
void @p@_diffusion(const @p@_condition *equation, int model, const double y[@P@_VARIABLES],
                   double sigma[@P@_VARIABLES * @P@_VARIABLES]);

/* A step h of scaled time without noise. */
void @p@_mean_step(int scheme, const @p@_condition *equation, int model, double h, double y[@P@_VARIABLES]);

/* A step with independent normal numbers of mean 0 and variance 1. */
void @p@_step(int scheme, const @p@_condition *equation, int model, double h, const double normal[@P@_VARIABLES],
              double y[@P@_VARIABLES]);

/* A step of all models of n points, the fastest way to make many; normal as y, or 0 for means. */
void @p@_step_many(int scheme, int n, const @p@_condition *equation, const double *h,
                   double (*normal)[@P@_MODELS][@P@_VARIABLES], double (*y)[@P@_MODELS][@P@_VARIABLES]);

/* Means of n points along their histories: condition[i * times + k] is that of point i at time[k], and goes straight in between.
   pace: seconds t per unit of these times at a condition; 0 for 1. A history is cut into pieces within which the condition
   changes by at most @CHANGE@, and these into steps that are stable. Only its last @MEMORY@ units of scaled time are made:
   nothing is remembered of what was before. A step of another program is a history of two times. */
void @p@_advance(int n, int times, const double *time, const double *condition, double (*pace)(double condition),
                 double (*y)[@P@_MODELS][@P@_VARIABLES]);

/* Mean of the models and half of its 95 % interval (NAN where the models tell none) for every observable. */
void @p@_mean(double y[@P@_MODELS][@P@_VARIABLES], double mean[@P@_OBSERVABLES], double half[@P@_OBSERVABLES]);

/* The same of any number that every model has; noise: standard error of the mean of all by finite ensembles, 0 for means. */
void @p@_interval(const double value[@P@_MODELS], double noise, double *mean, double *half);

//:if VACANCIES
/* Vacancies per site that times t hold for. */
#define @P@_VACANCIES @VACANCIES@

/* Vacancies per site in equilibrium, exp(entropy - energy/kT): temperature in K, energy in eV, entropy in k_B. */
double @p@_vacancies(double temperature, double energy, double entropy);

/* Real seconds per second t of a crystal with so many vacancies per site. */
double @p@_real_factor(double vacancies);

//:end
/* Largest relative difference from numbers of the program that wrote this file; below 1e-6. */
double @p@_self_test(void);

#ifdef __cplusplus
}
#endif
#endif

#ifndef @P@_DECLARATIONS
#include <math.h>
#include <stddef.h>

/* Points that are stepped together, each in a lane of the processor's vectors. */
#ifndef @P@_LANES
#define @P@_LANES 8
#endif

enum { D = @P@_VARIABLES, M = @P@_OBSERVABLES, MODELS = @P@_MODELS, CONDITIONS = @P@_CONDITIONS, LANES = @P@_LANES };

const char *const @p@_variable_names[D] = {@VARIABLE_NAMES@};
const char *const @p@_observable_names[M] = {@OBSERVABLE_NAMES@};

/* Trained conditions, their time units, and the longest steps that are stable at them. */
static const double trained[CONDITIONS] = {@TRAINED@};
static const double unit[CONDITIONS] = {@TIME_UNIT@};
static const double longest[CONDITIONS] = {@LONGEST@};

/* Scaled variables, and from variables to observables. */
static const double mean[D] = {@MEAN@};
static const double deviation[D] = {@DEVIATION@};
static const int variable[D] = {@INDEPENDENT@};
static const double expand[M * D] = {@MATRIX@};
static const double offset[M] = {@OFFSET@};
static const double start[M] = {@START_VALUES@};

/* Weights: [inputs][outputs], those for the gradient of the potential [outputs][inputs]. */
struct parameters {
@PARAMETERS@
};

static const struct parameters parameters[MODELS] = {
@VALUES@
};

/* Vectors of `lanes` points, 1 or LANES, lie element by element; a sum has the same order for both. */
static void add_product(int lanes, int outputs, int inputs, const double *w, const double *x, double *y)
{
  enum { TILE = 8, ROWS = 4 };
  if (lanes == 1) {
    const int whole = outputs - outputs % TILE;
    for (int o = 0; o < whole; o += TILE) {
      double s[TILE];
      for (int j = 0; j < TILE; j++) s[j] = y[o + j];
      for (int k = 0; k < inputs; k++)
        for (int j = 0; j < TILE; j++) s[j] += w[k * outputs + o + j] * x[k];
      for (int j = 0; j < TILE; j++) y[o + j] = s[j];
    }
    for (int o = whole; o < outputs; o++)
      for (int k = 0; k < inputs; k++) y[o] += w[k * outputs + o] * x[k];
    return;
  }
  const int whole = outputs - outputs % ROWS;
  for (int o = 0; o < whole; o += ROWS) {
    double s[ROWS][LANES];
    for (int j = 0; j < ROWS; j++)
      for (int l = 0; l < LANES; l++) s[j][l] = y[(o + j) * LANES + l];
    for (int k = 0; k < inputs; k++)
      for (int j = 0; j < ROWS; j++)
        for (int l = 0; l < LANES; l++) s[j][l] += w[k * outputs + o + j] * x[k * LANES + l];
    for (int j = 0; j < ROWS; j++)
      for (int l = 0; l < LANES; l++) y[(o + j) * LANES + l] = s[j][l];
  }
  for (int o = whole; o < outputs; o++) {
    double s[LANES];
    for (int l = 0; l < LANES; l++) s[l] = y[o * LANES + l];
    for (int k = 0; k < inputs; k++)
      for (int l = 0; l < LANES; l++) s[l] += w[k * outputs + o] * x[k * LANES + l];
    for (int l = 0; l < LANES; l++) y[o * LANES + l] = s[l];
  }
}

static void set(int lanes, int n, const double *b, double *y)
{
  for (int i = 0; i < n; i++)
    for (int l = 0; l < lanes; l++) y[i * lanes + l] = b[i];
}

//:if ZERO
static void zero(int n, double *y)
{
  for (int i = 0; i < n; i++) y[i] = 0;
}

//:end
//:if FOLDED
static void copy(int n, const double *x, double *y)
{
  for (int i = 0; i < n; i++) y[i] = x[i];
}

//:end
//:if RELU
static void relu(int n, double *y)
{
  for (int i = 0; i < n; i++) y[i] = y[i] > 0 ? y[i] : 0;
}

//:end
//:if ACTIVATE
/* y += c (2 u - c) with c = min(max(u, 0), 1/2), which is left in u. */
static void activate(int n, double *u, double *y)
{
  for (int i = 0; i < n; i++) {
    double c = u[i] > 0 ? u[i] : 0;
    c = c < 0.5 ? c : 0.5;
    y[i] += c * (2 * u[i] - c);
    u[i] = c;
  }
}

//:end
//:if TIMES
static void times(int n, double factor, const double *x, double *y)
{
  for (int i = 0; i < n; i++) y[i] *= factor * x[i];
}

//:end
//:if WITHIN
static void within(int lanes, int n, double radius, double *y)
{
  for (int l = 0; l < lanes; l++) {
    double square = 0, by = 1;
    for (int i = 0; i < n; i++) square += y[i * lanes + l] * y[i * lanes + l];
    if (square > radius * radius) by = radius / sqrt(square);
    for (int i = 0; i < n; i++) y[i * lanes + l] *= by;
  }
}

//:end
//:if SCALE
static void scale(int n, double factor, double *y)
{
  for (int i = 0; i < n; i++) y[i] *= factor;
}

//:end
//:if ADD
static void add(int n, double factor, const double *x, double *y)
{
  for (int i = 0; i < n; i++) y[i] += factor * x[i];
}

//:end
//:if CONTRACT
/* mu -= (L L^T + W + c I) g with L the lower triangle of a, W its strict upper one less the transpose of that. */
static void contract(int lanes, double c, const double *a, const double *g, double *mu)
{
  double work[D * LANES];
  for (int j = 0; j < D; j++) {
    for (int l = 0; l < lanes; l++) work[j * lanes + l] = 0;
    for (int i = j; i < D; i++)
      for (int l = 0; l < lanes; l++) work[j * lanes + l] += a[(i * D + j) * lanes + l] * g[i * lanes + l];
  }
  for (int i = 0; i < D; i++) {
    double *to = mu + i * lanes;
    for (int l = 0; l < lanes; l++) to[l] -= c * g[i * lanes + l];
    for (int j = 0; j <= i; j++)
      for (int l = 0; l < lanes; l++) to[l] -= a[(i * D + j) * lanes + l] * work[j * lanes + l];
    for (int j = 0; j < i; j++)
      for (int l = 0; l < lanes; l++) to[l] += a[(j * D + i) * lanes + l] * g[j * lanes + l];
    for (int j = i + 1; j < D; j++)
      for (int l = 0; l < lanes; l++) to[l] -= a[(i * D + j) * lanes + l] * g[j * lanes + l];
  }
}

//:end
/* sigma from its entries that are not 0: @SHAPE@. */
static void matrix_of(int lanes, double factor, const double *entry, double *sigma)
{
  for (int i = 0; i < D; i++)
    for (int j = 0; j < D; j++)
      for (int l = 0; l < lanes; l++) {
        double value = 0;
        if (@SHAPE_TEST@) {
          value = entry[(@SHAPE_AT@) * lanes + l];
//:if POSITIVE
          if (i == j) value = (value > 0 ? value : 0) + log1p(exp(-fabs(value)));
//:end
        }
        sigma[(i * D + j) * lanes + l] = factor * value;
      }
}

/* Biases of first layers at the conditions of `lanes` points. */
struct folded {
@FOLD_POINTERS@
};

static void drift(int lanes, const struct parameters *w, const struct folded *f, const double *z, double *mu)
{
@DRIFT_BODY@
}

static void diffusion(int lanes, const struct parameters *w, const struct folded *f, const double *z, double *sigma)
{
@DIFFUSION_BODY@
}

static struct folded one(const @p@_condition *equation, int model)
{
  struct folded f;
@FOLD_ONE@
  return f;
}

static struct folded many(const @p@_condition *equation, int model, double *memory)
{
  struct folded f;
@FOLD_MANY@
  return f;
}

/* dz/ds = mu + sigma dW / h over a step, by three drifts (Shu and Osher 1988), or by the first of them. */
static void step(int lanes, int scheme, const struct parameters *w, const struct folded *f, const double *h,
                 const double *normal, double *z)
{
  double k1[D * LANES], k2[D * LANES], k3[D * LANES], y[D * LANES], noise[D * LANES], sigma[D * D * LANES];
  drift(lanes, w, f, z, k1);
  for (int i = 0; i < D * lanes; i++) noise[i] = 0;
  if (normal) {
    double root[LANES];
    for (int l = 0; l < lanes; l++) root[l] = sqrt(h[l]);
    diffusion(lanes, w, f, z, sigma);
    for (int i = 0; i < D; i++)
      for (int j = 0; j < D; j++)
        for (int l = 0; l < lanes; l++)
          noise[i * lanes + l] += sigma[(i * D + j) * lanes + l] * root[l] * normal[j * lanes + l];
  }
  for (int i = 0; i < D; i++)
    for (int l = 0, v = i * lanes; l < lanes; l++, v++) y[v] = z[v] + h[l] * k1[v] + noise[v];
  if (scheme == @P@_EULER) {
    for (int v = 0; v < D * lanes; v++) z[v] = y[v];
    return;
  }
  drift(lanes, w, f, y, k2);
  for (int i = 0; i < D; i++)
    for (int l = 0, v = i * lanes; l < lanes; l++, v++) y[v] = 0.5 * (z[v] + y[v]) + 0.25 * h[l] * (k2[v] - k1[v]);
  drift(lanes, w, f, y, k3);
  for (int i = 0; i < D; i++)
    for (int l = 0, v = i * lanes; l < lanes; l++, v++) z[v] += noise[v] + h[l] / 6 * (k1[v] + k2[v] + 4 * k3[v]);
}

/* The trained conditions below and above; twice the same for a trained one or beyond the ends. */
static void around(double condition, int *left, int *right)
{
  int r = 0;
  while (r < CONDITIONS - 1 && trained[r] < condition) r++;
  *left = trained[r] <= condition || r == 0 ? r : r - 1;
  *right = r;
}

double @p@_time_unit(double condition)
{
  int r = 1;
  if (CONDITIONS == 1) return unit[0];
  while (r < CONDITIONS - 1 && trained[r] < condition) r++;
  double a = trained[r - 1], b = trained[r], at = condition;
  if (trained[0] > 0 && condition > 0) {
    a = 1 / a;
    b = 1 / b;
    at = 1 / at;
  }
  const double weight = (at - a) / (b - a);
  return exp((1 - weight) * log(unit[r - 1]) + weight * log(unit[r]));
}

double @p@_outside(double condition)
{
  if (condition < trained[0]) return trained[0] - condition;
  return condition > trained[CONDITIONS - 1] ? condition - trained[CONDITIONS - 1] : 0;
}

//:if STATES
/* States of the training at each condition, where they end, how many of them are near, and how far these are in general. */
enum { MOST_NEAR = @MOST_NEAR@ };
static const int state_end[CONDITIONS] = {@STATE_END@};
static const int state_near[CONDITIONS] = {@STATE_NEAR@};
static const double spacing[CONDITIONS] = {@SPACING@};
static const float states[] = {
@STATES_VALUES@
};

static double relative(int c, const double *y, const double *uncertain)
{
  double nearest[MOST_NEAR];
  const int count = state_near[c];
  int known = 0;
  for (int i = c == 0 ? 0 : state_end[c - 1]; i < state_end[c]; i++) {
    double square = 0;
    for (int v = 0; v < D; v++) {
      double off = fabs((double)states[i * D + v] - y[v]) - (uncertain ? uncertain[v] : 0);
      off = off > 0 ? off : 0;
      square += off * off;
    }
    if (known == count && square >= nearest[count - 1]) continue;
    int at = known < count ? known++ : count - 1;
    for (; at > 0 && nearest[at - 1] > square; at--) nearest[at] = nearest[at - 1];
    nearest[at] = square;
  }
  return sqrt(nearest[count - 1]) / spacing[c];
}

double @p@_distance(double condition, const double y[D], const double uncertain[D])
{
  int left, right;
  around(condition, &left, &right);
  const double a = relative(left, y, uncertain);
  const double b = relative(right, y, uncertain);
  return a < b ? a : b;
}

//:end
void @p@_at(double condition, @p@_condition *equation)
{
  int left, right;
  around(condition, &left, &right);
  equation->condition = condition;
  equation->time_unit = @p@_time_unit(condition);
  equation->longest_step = longest[left] < longest[right] ? longest[left] : longest[right];
@FOLD_BODY@
}

void @p@_set(const double observables[M], double y[MODELS][D])
{
  for (int k = 0; k < MODELS; k++)
    for (int v = 0; v < D; v++) y[k][v] = (observables[variable[v]] - mean[v]) / deviation[v];
}

void @p@_start(double y[MODELS][D])
{
  @p@_set(start, y);
}

void @p@_observables(const double y[D], double observables[M])
{
  for (int i = 0; i < M; i++) {
    observables[i] = offset[i];
    for (int v = 0; v < D; v++) observables[i] += expand[i * D + v] * (mean[v] + deviation[v] * y[v]);
  }
}

void @p@_drift(const @p@_condition *equation, int model, const double y[D], double mu[D])
{
  const struct folded f = one(equation, model);
  drift(1, &parameters[model], &f, y, mu);
}

void @p@_diffusion(const @p@_condition *equation, int model, const double y[D], double sigma[D * D])
{
  const struct folded f = one(equation, model);
  diffusion(1, &parameters[model], &f, y, sigma);
}

void @p@_mean_step(int scheme, const @p@_condition *equation, int model, double h, double y[D])
{
  const struct folded f = one(equation, model);
  step(1, scheme, &parameters[model], &f, &h, 0, y);
}

void @p@_step(int scheme, const @p@_condition *equation, int model, double h, const double normal[D], double y[D])
{
  const struct folded f = one(equation, model);
  step(1, scheme, &parameters[model], &f, &h, normal, y);
}

/* A step of LANES points. */
static void block(int scheme, const @p@_condition *equation, const double *h,
                  double (*normal)[MODELS][D], double (*y)[MODELS][D])
{
  double memory[@FOLDED_LENGTH@ * LANES], z[D * LANES], numbers[D * LANES];
  for (int k = 0; k < MODELS; k++) {
    const struct folded f = many(equation, k, memory);
    for (int v = 0; v < D; v++)
      for (int l = 0; l < LANES; l++) {
        z[v * LANES + l] = y[l][k][v];
        if (normal) numbers[v * LANES + l] = normal[l][k][v];
      }
    step(LANES, scheme, &parameters[k], &f, h, normal ? numbers : 0, z);
    for (int v = 0; v < D; v++)
      for (int l = 0; l < LANES; l++) y[l][k][v] = z[v * LANES + l];
  }
}

void @p@_step_many(int scheme, int n, const @p@_condition *equation, const double *h,
                   double (*normal)[MODELS][D], double (*y)[MODELS][D])
{
  int i = 0;
  for (; i + LANES <= n; i += LANES) block(scheme, equation + i, h + i, normal ? normal + i : 0, y + i);
  for (; i < n; i++)
    for (int k = 0; k < MODELS; k++) {
      const struct folded f = one(equation + i, k);
      step(1, scheme, &parameters[k], &f, h + i, normal ? normal[i][k] : 0, y[i][k]);
    }
}

/* Where a point is in its history: pieces of segments between two times, some steps h in each. */
struct walk {
  int times, segment, piece, pieces;
  const double *time, *condition;
  double (*pace)(double);
  double units; /* of the present piece, scaled time */
  double carried;
  double h;
  long steps;
};

static int pieces_of(const struct walk *w, int segment)
{
  const double pieces = ceil(fabs(w->condition[segment + 1] - w->condition[segment]) / (@CHANGE@));
  return pieces > 1 ? (int)pieces : 1;
}

static double condition_of(const struct walk *w, int segment, int piece, int pieces)
{
  const double a = w->condition[segment], b = w->condition[segment + 1];
  return a + (b - a) * ((piece + 0.5) / pieces);
}

static double units_of(const struct walk *w, int segment, int piece, int pieces)
{
  const double condition = condition_of(w, segment, piece, pieces);
  const double pace = w->pace ? w->pace(condition) : 1;
  return (w->time[segment + 1] - w->time[segment]) / pieces * pace / @p@_time_unit(condition);
}

/* To the piece in which the last units begin. */
static void begin(struct walk *w)
{
  double left = @MEMORY@;
  w->carried = 0;
  w->steps = 0;
  for (w->segment = w->times - 2; w->segment >= 0; w->segment--) {
    w->pieces = pieces_of(w, w->segment);
    for (w->piece = w->pieces - 1; w->piece >= 0; w->piece--) {
      w->units = units_of(w, w->segment, w->piece, w->pieces);
      if (w->units >= left) {
        w->units = left;
        return;
      }
      left -= w->units;
    }
  }
  w->segment = 0;
  w->piece = 0;
  if (w->times < 2) return;
  w->pieces = pieces_of(w, 0);
  w->units = units_of(w, 0, 0, w->pieces);
}

/* The next step; 0 at the end. Pieces in which nothing happens are carried on to the next. */
static int next(struct walk *w, @p@_condition *equation)
{
  const double least = 1e-4;
  while (w->steps == 0) {
    if (w->segment > w->times - 2) return 0;
    const double condition = condition_of(w, w->segment, w->piece, w->pieces);
    const double units = w->carried + w->units;
    if (++w->piece == w->pieces) {
      w->piece = 0;
      if (++w->segment <= w->times - 2) w->pieces = pieces_of(w, w->segment);
    }
    const int last = w->segment > w->times - 2;
    if (!last) w->units = units_of(w, w->segment, w->piece, w->pieces);
    w->carried = units;
    if (units < least && !last) continue;
    @p@_at(condition, equation);
    const double steps = ceil(units / equation->longest_step - 1e-9);
    w->steps = steps > 1 ? (long)steps : 1;
    w->h = units / (double)w->steps;
    w->carried = 0;
  }
  w->steps--;
  return 1;
}

void @p@_advance(int n, int times, const double *time, const double *condition, double (*pace)(double condition),
                 double (*y)[MODELS][D])
{
  @p@_condition equation[LANES];
  struct walk walk[LANES];
  double h[LANES];
  for (int first = 0; first < n;) {
    const int lanes = n - first >= LANES ? LANES : 1;
    int active = lanes;
    for (int l = 0; l < lanes; l++) {
      walk[l].times = times;
      walk[l].time = time;
      walk[l].condition = condition + (size_t)(first + l) * (size_t)times;
      walk[l].pace = pace;
      begin(&walk[l]);
      @p@_at(walk[l].condition[0], &equation[l]); /* for a point without a step */
    }
    while (active > 0) {
      active = 0;
      for (int l = 0; l < lanes; l++) {
        const int more = next(&walk[l], &equation[l]);
        h[l] = more ? walk[l].h : 0;
        active += more;
      }
      if (active > 0) @p@_step_many(@P@_RUNGE_KUTTA, lanes, equation, h, 0, y + first);
    }
    first += lanes;
  }
}

void @p@_interval(const double value[MODELS], double noise, double *center, double *half)
{
  /* Of resamples: sum of the squares of their shares of the models, and Student's quantile. */
  const double shares = @SHARES@, quantile = @QUANTILE@, own = noise * noise;
  double sum = 0, squares = 0;
  for (int k = 0; k < MODELS; k++) sum += value[k];
  *center = sum / MODELS;
  for (int k = 0; k < MODELS; k++) squares += (value[k] - *center) * (value[k] - *center);
  const double variance = shares < 1 ? squares / (MODELS * (1 - shares)) : 0;
  const double least = 0.25 * variance, rest = variance - MODELS * own;
  *half = quantile * sqrt((rest > least ? rest : least) * (1 + shares) + own);
}

void @p@_mean(double y[MODELS][D], double center[M], double half[M])
{
  double all[MODELS][M], value[MODELS];
  for (int k = 0; k < MODELS; k++) @p@_observables(y[k], all[k]);
  for (int i = 0; i < M; i++) {
    for (int k = 0; k < MODELS; k++) value[k] = all[k][i];
    @p@_interval(value, 0, &center[i], &half[i]);
  }
}

//:if VACANCIES
double @p@_vacancies(double temperature, double energy, double entropy)
{
  return exp(entropy - energy / (8.617333e-5 * temperature));
}

double @p@_real_factor(double vacancies)
{
  return @P@_VACANCIES / vacancies;
}

//:end
/* Steps at changing conditions: even ones by Runge and Kutta, odd ones by Euler and Maruyama. */
enum { TESTS = @TESTS@ };
static const double test_conditions[TESTS] = {@TEST_CONDITION@};
static const double test_steps[TESTS] = {@TEST_STEP@};
static const double test_unit[TESTS] = {@TEST_UNIT@};
static const double test_normal[TESTS * MODELS * D] = {
@TEST_NORMAL@
};
static const double test_state[MODELS * D] = {
@TEST_STATE@
};
static const double test_means[M] = {@TEST_MEAN@};
static const double test_half[M] = {@TEST_HALF@};
//:if STATES
static const double test_far = @TEST_DISTANCE@;
//:end

static double worse(double worst, double value, double expected, double size)
{
  const double off = fabs(value - expected) / (fabs(expected) > size ? fabs(expected) : size);
  return isnan(worst) || off <= worst || (isnan(value) && isnan(expected)) ? worst : off;
}

double @p@_self_test(void)
{
  double y[MODELS][D], center[M], half[M], worst = 0;
  @p@_start(y);
  for (int s = 0; s < TESTS; s++) {
    @p@_condition equation;
    @p@_at(test_conditions[s], &equation);
    worst = worse(worst, equation.time_unit, test_unit[s], 0);
    for (int k = 0; k < MODELS; k++)
      @p@_step(s % 2 == 0 ? @P@_RUNGE_KUTTA : @P@_EULER, &equation, k, test_steps[s], &test_normal[(s * MODELS + k) * D], y[k]);
  }
  for (int k = 0; k < MODELS; k++)
    for (int v = 0; v < D; v++) worst = worse(worst, y[k][v], test_state[k * D + v], 1);
  @p@_mean(y, center, half);
  for (int i = 0; i < M; i++) {
    worst = worse(worst, center[i], test_means[i], 1e-3);
    worst = worse(worst, half[i], test_half[i], 1e-3);
  }
//:if STATES
  worst = worse(worst, @p@_distance(test_conditions[TESTS - 1], y[0], 0), test_far, 1e-3);
//:end
  return worst;
}

#ifdef @P@_MAIN
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Steps a second of points that are stepped together, and of one alone; with noise or without. */
static double speed(int points, int noisy)
{
  enum { MOST = 64 };
  static double y[MOST][MODELS][D], normal[MOST][MODELS][D];
  static @p@_condition equation[MOST];
  double h[MOST];
  long steps = 0;
  for (int i = 0; i < points; i++) {
    @p@_at(0.5 * (trained[0] + trained[CONDITIONS - 1]), &equation[i]);
    @p@_start(y[i]);
    h[i] = 0.5 * equation[i].longest_step;
    for (int k = 0; k < MODELS; k++)
      for (int v = 0; v < D; v++) normal[i][k][v] = (v + i + k) % 2 == 0 ? 1 : -1;
  }
  const clock_t begin = clock();
  do {
    @p@_step_many(@P@_RUNGE_KUTTA, points, equation, h, noisy ? normal : 0, y);
    steps += (long)points * MODELS;
  } while (clock() - begin < CLOCKS_PER_SEC);
  return (double)steps * CLOCKS_PER_SEC / (double)(clock() - begin);
}

int main(int argc, char **argv)
{
  if (argc == 2 && strcmp(argv[1], "--self-test") == 0) {
    const double worst = @p@_self_test();
    printf("largest relative difference %.2g\n", worst);
    return worst <= 1e-6 ? 0 : 1;
  }
  if (argc == 2 && strcmp(argv[1], "--speed") == 0) {
    printf("steps per second and core (Runge and Kutta, double precision)\n");
    printf("64 points: %.3g means, %.3g with noise\n", speed(64, 0), speed(64, 1));
    printf(" 1 point:  %.3g means, %.3g with noise\n", speed(1, 0), speed(1, 1));
    return 0;
  }
  fprintf(stderr, "usage: %s --self-test | --speed\n", argc > 0 ? argv[0] : "law");
  return 2;
}
#endif
#endif
