/* Ordering in a plate of NbMoTa after a moving heat source: 10 000 thermal histories, all models, in plate.csv.

   Use: ./latticelift export configs/trained/alloy-compact.h5 --to c --out law.c
        cc -std=c99 -O3 -march=native -ffp-contract=fast -I . configs/law/plate.c law.c -o plate -lm && ./plate
   (docs/how-to/couple-to-your-code.md). plate.py does the same. Put your temperatures in place of the formula. */
#define LAW_DECLARATIONS
#include "law.c"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 125, ROWS = 80, POINTS = COLUMNS * ROWS, TIMES = 181 };
static const double ALONG = 1e-4, ACROSS = 2.5e-5; /* m, between points; the track is the lower edge */
static const double SPEED = 0.01;                  /* m/s, of the source */
static const double WEAK = 100.0, STRONG = 220.0;  /* W that it gives to the plate at its beginning and its end */
static const double CONDUCTIVITY = 50.0, DIFFUSIVITY = 2e-5;
static const double AMBIENT = 700.0, MELTING = 2900.0; /* K */
static const double STEP = 0.02;                       /* s, of the thermal program */

static double state[POINTS][LAW_MODELS][LAW_VARIABLES], history[POINTS][TIMES], time_of[TIMES];

/* A point source that moves along x on a thick plate, and slowly becomes stronger (Rosenthal 1946). */
static double temperature(double x, double y, double t)
{
  const double ahead = x - SPEED * t, distance = sqrt(ahead * ahead + y * y), share = SPEED * t / (COLUMNS * ALONG);
  const double power = WEAK + (STRONG - WEAK) * (share < 0 ? 0 : share > 1 ? 1 : share);
  const double rise =
      power / (2 * 3.14159265358979323846 * CONDUCTIVITY * distance) * exp(-SPEED * (ahead + distance) / (2 * DIFFUSIVITY));
  return AMBIENT + rise < MELTING ? AMBIENT + rise : MELTING;
}

/* Seconds of the equation per real second: the crystal has fewer vacancies than the simulations had. */
static double pace(double kelvin)
{
  return 1 / law_real_factor(law_vacancies(kelvin, 2.8, 1.5));
}

int main(void)
{
  double least = 1, most = -1, widest = 0;
  int shown = 0;
  while (strcmp(law_observable_names[shown], "MoTa") != 0) shown++;
  for (int k = 0; k < TIMES; k++) time_of[k] = STEP * k;
  for (int i = 0; i < POINTS; i++) {
    law_start(state[i]);
    for (int k = 0; k < TIMES; k++)
      history[i][k] = temperature(ALONG * (i % COLUMNS), ACROSS * (i / COLUMNS + 0.5), time_of[k] - 0.5);
  }
  law_advance(POINTS, TIMES, time_of, history[0], pace, state);
  FILE *out = fopen("plate.csv", "w");
  if (!out) return 1;
  fprintf(out, "x_m,y_m,highest_K,MoTa,half_width\n");
  for (int i = 0; i < POINTS; i++) {
    double order[LAW_OBSERVABLES], half[LAW_OBSERVABLES], highest = 0;
    law_mean(state[i], order, half);
    for (int k = 0; k < TIMES; k++) highest = history[i][k] > highest ? history[i][k] : highest;
    fprintf(out, "%.9g,%.9g,%.9g,%.9g,%.9g\n", ALONG * (i % COLUMNS), ACROSS * (i / COLUMNS + 0.5), highest, order[shown],
            half[shown]);
    least = order[shown] < least ? order[shown] : least;
    most = order[shown] > most ? order[shown] : most;
    widest = half[shown] > widest ? half[shown] : widest;
  }
  if (fclose(out) != 0) return 1;
  printf("MoTa from %.4f to %.4f, +- at most %.4f\n", least, most, widest);
  return 0;
}
