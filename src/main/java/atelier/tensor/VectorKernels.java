package atelier.tensor;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops on the processor's vectors: 4, 8 or 16 floats at a time. */
final class VectorKernels implements Kernels {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int FEW =
            1024; // numbers: until the compiler has seen a loop over them often, its vectors are objects
    private static final boolean BESIDE = Runtime.version().feature() < 22; // newer compilers spill it to memory
    private static final ThreadLocal<float[]> BLOCK = ThreadLocal.withInitial(() -> new float[512]);

    @Override
    public int lanes() {
        return L;
    }

    @Override
    public void panel(
            int vectors,
            int m,
            int depth,
            float[] a,
            int aFrom,
            int[] rows,
            int[] cols,
            int colsFrom,
            float[] b,
            int bFrom,
            int bStride,
            float[] bias,
            int biasFrom,
            boolean accumulate,
            float[] c,
            int cFrom,
            int cStride) {
        boolean behind = depth > 0
                && cols[colsFrom + depth - 1]
                        == cols[colsFrom] + depth - 1; // tables grow, so all between are neighbours, too
        for (int i = 0; i < m; i += 6) {
            int height = Math.min(6, m - i);
            int to = cFrom + i * cStride;
            if (vectors == 2 && behind) {
                tileOfTwoRows(
                        height,
                        depth,
                        a,
                        aFrom,
                        rows,
                        i,
                        cols[colsFrom],
                        b,
                        bFrom,
                        bStride,
                        bias,
                        biasFrom,
                        accumulate,
                        c,
                        to,
                        cStride);
            } else if (vectors == 2 && BESIDE && height == 6 && rows[i + 5] == rows[i] + 5) {
                tileOfTwoColumns(
                        depth,
                        a,
                        aFrom,
                        rows,
                        i,
                        cols,
                        colsFrom,
                        b,
                        bFrom,
                        bStride,
                        bias,
                        biasFrom,
                        accumulate,
                        c,
                        to,
                        cStride);
            } else if (vectors == 2) {
                tileOfTwo(
                        height,
                        depth,
                        a,
                        aFrom,
                        rows,
                        i,
                        cols,
                        colsFrom,
                        b,
                        bFrom,
                        bStride,
                        bias,
                        biasFrom,
                        accumulate,
                        c,
                        to,
                        cStride);
            } else {
                tileOfOne(
                        height,
                        depth,
                        a,
                        aFrom,
                        rows,
                        i,
                        cols,
                        colsFrom,
                        b,
                        bFrom,
                        bStride,
                        bias,
                        biasFrom,
                        accumulate,
                        c,
                        to,
                        cStride);
            }
        }
    }

    /** Six rows by two vectors: twelve sums stay in registers while two vectors of B and one number of A at a time pass by. */
    private static void tileOfTwo(
            int height,
            int depth,
            float[] a,
            int aFrom,
            int[] rows,
            int row,
            int[] cols,
            int colsFrom,
            float[] b,
            int bFrom,
            int bStride,
            float[] bias,
            int biasFrom,
            boolean accumulate,
            float[] c,
            int cFrom,
            int cStride) {
        int last = height - 1; // a tile with fewer rows repeats its last one
        int r0 = aFrom + rows[row];
        int r1 = aFrom + rows[row + Math.min(1, last)];
        int r2 = aFrom + rows[row + Math.min(2, last)];
        int r3 = aFrom + rows[row + Math.min(3, last)];
        int r4 = aFrom + rows[row + Math.min(4, last)];
        int r5 = aFrom + rows[row + Math.min(5, last)];
        int c1 = cFrom + Math.min(1, last) * cStride;
        int c2 = cFrom + Math.min(2, last) * cStride;
        int c3 = cFrom + Math.min(3, last) * cStride;
        int c4 = cFrom + Math.min(4, last) * cStride;
        int c5 = cFrom + Math.min(5, last) * cStride;
        FloatVector s00;
        FloatVector s01;
        FloatVector s10;
        FloatVector s11;
        FloatVector s20;
        FloatVector s21;
        FloatVector s30;
        FloatVector s31;
        FloatVector s40;
        FloatVector s41;
        FloatVector s50;
        FloatVector s51;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, cFrom);
            s01 = FloatVector.fromArray(S, c, cFrom + L);
            s10 = FloatVector.fromArray(S, c, c1);
            s11 = FloatVector.fromArray(S, c, c1 + L);
            s20 = FloatVector.fromArray(S, c, c2);
            s21 = FloatVector.fromArray(S, c, c2 + L);
            s30 = FloatVector.fromArray(S, c, c3);
            s31 = FloatVector.fromArray(S, c, c3 + L);
            s40 = FloatVector.fromArray(S, c, c4);
            s41 = FloatVector.fromArray(S, c, c4 + L);
            s50 = FloatVector.fromArray(S, c, c5);
            s51 = FloatVector.fromArray(S, c, c5 + L);
        } else {
            s00 = bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, biasFrom);
            s01 = bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, biasFrom + L);
            s10 = s00;
            s11 = s01;
            s20 = s00;
            s21 = s01;
            s30 = s00;
            s31 = s01;
            s40 = s00;
            s41 = s01;
            s50 = s00;
            s51 = s01;
        }
        int at = bFrom;
        for (int q = 0; q < depth; q++) {
            int col = cols[colsFrom + q];
            FloatVector b0 = FloatVector.fromArray(S, b, at);
            FloatVector b1 = FloatVector.fromArray(S, b, at + L);
            FloatVector a0 = FloatVector.broadcast(S, a[r0 + col]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            FloatVector a1 = FloatVector.broadcast(S, a[r1 + col]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            FloatVector a2 = FloatVector.broadcast(S, a[r2 + col]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            FloatVector a3 = FloatVector.broadcast(S, a[r3 + col]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            FloatVector a4 = FloatVector.broadcast(S, a[r4 + col]);
            s40 = a4.fma(b0, s40);
            s41 = a4.fma(b1, s41);
            FloatVector a5 = FloatVector.broadcast(S, a[r5 + col]);
            s50 = a5.fma(b0, s50);
            s51 = a5.fma(b1, s51);
            at += bStride;
        }
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + L);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + L);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + L);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s00.intoArray(c, cFrom);
        s01.intoArray(c, cFrom + L);
    }

    /** The same where the numbers of each row of A stand one behind the other: no table to read, no bounds to check in the loop. */
    private static void tileOfTwoRows(
            int height,
            int depth,
            float[] a,
            int aFrom,
            int[] rows,
            int row,
            int first,
            float[] b,
            int bFrom,
            int bStride,
            float[] bias,
            int biasFrom,
            boolean accumulate,
            float[] c,
            int cFrom,
            int cStride) {
        int last = height - 1; // a tile with fewer rows repeats its last one
        int r0 = aFrom + first + rows[row];
        int r1 = aFrom + first + rows[row + Math.min(1, last)];
        int r2 = aFrom + first + rows[row + Math.min(2, last)];
        int r3 = aFrom + first + rows[row + Math.min(3, last)];
        int r4 = aFrom + first + rows[row + Math.min(4, last)];
        int r5 = aFrom + first + rows[row + Math.min(5, last)];
        int c1 = cFrom + Math.min(1, last) * cStride;
        int c2 = cFrom + Math.min(2, last) * cStride;
        int c3 = cFrom + Math.min(3, last) * cStride;
        int c4 = cFrom + Math.min(4, last) * cStride;
        int c5 = cFrom + Math.min(5, last) * cStride;
        FloatVector s00;
        FloatVector s01;
        FloatVector s10;
        FloatVector s11;
        FloatVector s20;
        FloatVector s21;
        FloatVector s30;
        FloatVector s31;
        FloatVector s40;
        FloatVector s41;
        FloatVector s50;
        FloatVector s51;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, cFrom);
            s01 = FloatVector.fromArray(S, c, cFrom + L);
            s10 = FloatVector.fromArray(S, c, c1);
            s11 = FloatVector.fromArray(S, c, c1 + L);
            s20 = FloatVector.fromArray(S, c, c2);
            s21 = FloatVector.fromArray(S, c, c2 + L);
            s30 = FloatVector.fromArray(S, c, c3);
            s31 = FloatVector.fromArray(S, c, c3 + L);
            s40 = FloatVector.fromArray(S, c, c4);
            s41 = FloatVector.fromArray(S, c, c4 + L);
            s50 = FloatVector.fromArray(S, c, c5);
            s51 = FloatVector.fromArray(S, c, c5 + L);
        } else {
            s00 = bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, biasFrom);
            s01 = bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, biasFrom + L);
            s10 = s00;
            s11 = s01;
            s20 = s00;
            s21 = s01;
            s30 = s00;
            s31 = s01;
            s40 = s00;
            s41 = s01;
            s50 = s00;
            s51 = s01;
        }
        int at = bFrom;
        for (int q = 0; q < depth; q++) {
            FloatVector b0 = FloatVector.fromArray(S, b, at);
            FloatVector b1 = FloatVector.fromArray(S, b, at + L);
            FloatVector a0 = FloatVector.broadcast(S, a[r0 + q]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            FloatVector a1 = FloatVector.broadcast(S, a[r1 + q]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            FloatVector a2 = FloatVector.broadcast(S, a[r2 + q]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            FloatVector a3 = FloatVector.broadcast(S, a[r3 + q]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            FloatVector a4 = FloatVector.broadcast(S, a[r4 + q]);
            s40 = a4.fma(b0, s40);
            s41 = a4.fma(b1, s41);
            FloatVector a5 = FloatVector.broadcast(S, a[r5 + q]);
            s50 = a5.fma(b0, s50);
            s51 = a5.fma(b1, s51);
            at += bStride;
        }
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + L);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + L);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + L);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s00.intoArray(c, cFrom);
        s01.intoArray(c, cFrom + L);
    }

    /** The same where its six rows are neighbours, as in a transpose: six numbers side by side, one check of the bounds. */
    private static void tileOfTwoColumns(
            int depth,
            float[] a,
            int aFrom,
            int[] rows,
            int row,
            int[] cols,
            int colsFrom,
            float[] b,
            int bFrom,
            int bStride,
            float[] bias,
            int biasFrom,
            boolean accumulate,
            float[] c,
            int cFrom,
            int cStride) {
        int r0 = aFrom + rows[row];
        int c1 = cFrom + cStride;
        int c2 = cFrom + 2 * cStride;
        int c3 = cFrom + 3 * cStride;
        int c4 = cFrom + 4 * cStride;
        int c5 = cFrom + 5 * cStride;
        FloatVector s00;
        FloatVector s01;
        FloatVector s10;
        FloatVector s11;
        FloatVector s20;
        FloatVector s21;
        FloatVector s30;
        FloatVector s31;
        FloatVector s40;
        FloatVector s41;
        FloatVector s50;
        FloatVector s51;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, cFrom);
            s01 = FloatVector.fromArray(S, c, cFrom + L);
            s10 = FloatVector.fromArray(S, c, c1);
            s11 = FloatVector.fromArray(S, c, c1 + L);
            s20 = FloatVector.fromArray(S, c, c2);
            s21 = FloatVector.fromArray(S, c, c2 + L);
            s30 = FloatVector.fromArray(S, c, c3);
            s31 = FloatVector.fromArray(S, c, c3 + L);
            s40 = FloatVector.fromArray(S, c, c4);
            s41 = FloatVector.fromArray(S, c, c4 + L);
            s50 = FloatVector.fromArray(S, c, c5);
            s51 = FloatVector.fromArray(S, c, c5 + L);
        } else {
            s00 = bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, biasFrom);
            s01 = bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, biasFrom + L);
            s10 = s00;
            s11 = s01;
            s20 = s00;
            s21 = s01;
            s30 = s00;
            s31 = s01;
            s40 = s00;
            s41 = s01;
            s50 = s00;
            s51 = s01;
        }
        int at = bFrom;
        for (int q = 0; q < depth; q++) {
            int x = r0 + cols[colsFrom + q];
            FloatVector b0 = FloatVector.fromArray(S, b, at);
            FloatVector b1 = FloatVector.fromArray(S, b, at + L);
            FloatVector a0 = FloatVector.broadcast(S, a[x]);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            FloatVector a1 = FloatVector.broadcast(S, a[x + 1]);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            FloatVector a2 = FloatVector.broadcast(S, a[x + 2]);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            FloatVector a3 = FloatVector.broadcast(S, a[x + 3]);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            FloatVector a4 = FloatVector.broadcast(S, a[x + 4]);
            s40 = a4.fma(b0, s40);
            s41 = a4.fma(b1, s41);
            FloatVector a5 = FloatVector.broadcast(S, a[x + 5]);
            s50 = a5.fma(b0, s50);
            s51 = a5.fma(b1, s51);
            at += bStride;
        }
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + L);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + L);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + L);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s00.intoArray(c, cFrom);
        s01.intoArray(c, cFrom + L);
    }

    /** Six rows by one vector, for the columns that are left. */
    private static void tileOfOne(
            int height,
            int depth,
            float[] a,
            int aFrom,
            int[] rows,
            int row,
            int[] cols,
            int colsFrom,
            float[] b,
            int bFrom,
            int bStride,
            float[] bias,
            int biasFrom,
            boolean accumulate,
            float[] c,
            int cFrom,
            int cStride) {
        int last = height - 1;
        int r0 = aFrom + rows[row];
        int r1 = aFrom + rows[row + Math.min(1, last)];
        int r2 = aFrom + rows[row + Math.min(2, last)];
        int r3 = aFrom + rows[row + Math.min(3, last)];
        int r4 = aFrom + rows[row + Math.min(4, last)];
        int r5 = aFrom + rows[row + Math.min(5, last)];
        int c1 = cFrom + Math.min(1, last) * cStride;
        int c2 = cFrom + Math.min(2, last) * cStride;
        int c3 = cFrom + Math.min(3, last) * cStride;
        int c4 = cFrom + Math.min(4, last) * cStride;
        int c5 = cFrom + Math.min(5, last) * cStride;
        FloatVector s0;
        FloatVector s1;
        FloatVector s2;
        FloatVector s3;
        FloatVector s4;
        FloatVector s5;
        if (accumulate) {
            s0 = FloatVector.fromArray(S, c, cFrom);
            s1 = FloatVector.fromArray(S, c, c1);
            s2 = FloatVector.fromArray(S, c, c2);
            s3 = FloatVector.fromArray(S, c, c3);
            s4 = FloatVector.fromArray(S, c, c4);
            s5 = FloatVector.fromArray(S, c, c5);
        } else {
            s0 = bias == null ? FloatVector.zero(S) : FloatVector.fromArray(S, bias, biasFrom);
            s1 = s0;
            s2 = s0;
            s3 = s0;
            s4 = s0;
            s5 = s0;
        }
        int at = bFrom;
        for (int q = 0; q < depth; q++) {
            int col = cols[colsFrom + q];
            FloatVector b0 = FloatVector.fromArray(S, b, at);
            s0 = FloatVector.broadcast(S, a[r0 + col]).fma(b0, s0);
            s1 = FloatVector.broadcast(S, a[r1 + col]).fma(b0, s1);
            s2 = FloatVector.broadcast(S, a[r2 + col]).fma(b0, s2);
            s3 = FloatVector.broadcast(S, a[r3 + col]).fma(b0, s3);
            s4 = FloatVector.broadcast(S, a[r4 + col]).fma(b0, s4);
            s5 = FloatVector.broadcast(S, a[r5 + col]).fma(b0, s5);
            at += bStride;
        }
        s5.intoArray(c, c5);
        s4.intoArray(c, c4);
        s3.intoArray(c, c3);
        s2.intoArray(c, c2);
        s1.intoArray(c, c1);
        s0.intoArray(c, cFrom);
    }

    @Override
    public void add(float[] x, int xFrom, float[] y, int yFrom, int length) {
        int i = 0;
        for (; i <= length - L; i += L) {
            FloatVector sum = FloatVector.fromArray(S, y, yFrom + i).add(FloatVector.fromArray(S, x, xFrom + i));
            sum.intoArray(y, yFrom + i);
        }
        for (; i < length; i++) {
            y[yFrom + i] += x[xFrom + i];
        }
    }

    @Override
    public boolean allFinite(float[] x, int from, int to) {
        int whole = to - from < FEW ? from : to - (to - from) % (4 * L);
        float rest = 0;
        for (int i = whole; i < to; i++) {
            rest += 0 * x[i];
        }
        if (whole == from) {
            return rest == 0;
        }
        FloatVector zero = FloatVector.zero(S);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        for (int i = from; i < whole; i += 4 * L) {
            s0 = zero.fma(FloatVector.fromArray(S, x, i), s0);
            s1 = zero.fma(FloatVector.fromArray(S, x, i + L), s1);
            s2 = zero.fma(FloatVector.fromArray(S, x, i + 2 * L), s2);
            s3 = zero.fma(FloatVector.fromArray(S, x, i + 3 * L), s3);
        }
        return rest == 0 && s0.add(s1).add(s2).add(s3).compare(EQ, zero).allTrue();
    }

    @Override
    public void normalise(
            float[] x,
            int from,
            int rows,
            int columns,
            float[] mu,
            float[] inverse,
            float[] scale,
            float[] shift,
            float[] y) {
        int j = 0;
        for (; j <= columns - L; j += L) {
            FloatVector m = FloatVector.fromArray(S, mu, j);
            FloatVector r = FloatVector.fromArray(S, inverse, j);
            FloatVector gamma = FloatVector.fromArray(S, scale, j);
            FloatVector beta = FloatVector.fromArray(S, shift, j);
            for (int i = 0, at = from + j; i < rows; i++, at += columns) {
                FloatVector normalised = FloatVector.fromArray(S, x, at).sub(m).mul(r);
                gamma.mul(normalised).add(beta).intoArray(y, at);
            }
        }
        for (; j < columns; j++) {
            for (int i = 0, at = from + j; i < rows; i++, at += columns) {
                y[at] = scale[j] * ((x[at] - mu[j]) * inverse[j]) + shift[j];
            }
        }
    }

    @Override
    public void normaliseBackward(
            float[] x,
            float[] dY,
            int from,
            int rows,
            int columns,
            float[] mu,
            float[] inverse,
            float[] scale,
            float[] meanDY,
            float[] meanDYx,
            float[] dX) {
        int j = 0;
        for (; j <= columns - L; j += L) {
            FloatVector m = FloatVector.fromArray(S, mu, j);
            FloatVector r = FloatVector.fromArray(S, inverse, j);
            FloatVector factor = FloatVector.fromArray(S, scale, j).mul(r);
            FloatVector mean = FloatVector.fromArray(S, meanDY, j);
            FloatVector meanX = FloatVector.fromArray(S, meanDYx, j);
            for (int i = 0, at = from + j; i < rows; i++, at += columns) {
                FloatVector normalised = FloatVector.fromArray(S, x, at).sub(m).mul(r);
                FloatVector rest = FloatVector.fromArray(S, dY, at).sub(mean).sub(normalised.mul(meanX));
                factor.mul(rest).intoArray(dX, at);
            }
        }
        for (; j < columns; j++) {
            for (int i = 0, at = from + j; i < rows; i++, at += columns) {
                float normalised = (x[at] - mu[j]) * inverse[j];
                dX[at] = scale[j] * inverse[j] * (dY[at] - meanDY[j] - normalised * meanDYx[j]);
            }
        }
    }

    @Override
    public void columnSums(float[] x, int xFrom, int rows, int columns, float[] sum, int sumFrom) {
        int j = 0;
        for (; j <= columns - L; j += L) {
            FloatVector s = FloatVector.fromArray(S, sum, sumFrom + j);
            for (int i = 0, at = xFrom + j; i < rows; i++, at += columns) {
                s = s.add(FloatVector.fromArray(S, x, at));
            }
            s.intoArray(sum, sumFrom + j);
        }
        for (; j < columns; j++) {
            float s = sum[sumFrom + j];
            for (int i = 0, at = xFrom + j; i < rows; i++, at += columns) {
                s += x[at];
            }
            sum[sumFrom + j] = s;
        }
    }

    @Override
    public void maxPool(
            float[] x,
            int first,
            int step,
            int[] offsets,
            int channels,
            int outputs,
            float[] y,
            float[] winner,
            int yFrom) {
        for (int j = 0; j < outputs; j++) {
            int at = first + j * step;
            int to = yFrom + j * channels;
            int c = 0;
            for (; c <= channels - L; c += L) {
                FloatVector best = FloatVector.fromArray(S, x, at + offsets[0] + c);
                FloatVector which = FloatVector.zero(S);
                for (int q = 1; q < offsets.length; q++) {
                    FloatVector candidate = FloatVector.fromArray(S, x, at + offsets[q] + c);
                    VectorMask<Float> larger = candidate.compare(GT, best);
                    best = best.blend(candidate, larger);
                    which = which.blend(FloatVector.broadcast(S, q), larger);
                }
                best.intoArray(y, to + c);
                which.intoArray(winner, to + c);
            }
            for (; c < channels; c++) {
                float best = x[at + offsets[0] + c];
                int which = 0;
                for (int q = 1; q < offsets.length; q++) {
                    if (x[at + offsets[q] + c] > best) {
                        best = x[at + offsets[q] + c];
                        which = q;
                    }
                }
                y[to + c] = best;
                winner[to + c] = which;
            }
        }
    }

    @Override
    public void maxPoolBackward(
            float[] dY,
            float[] winner,
            int yFrom,
            int outputs,
            int channels,
            float[] dX,
            int first,
            int step,
            int[] offsets) {
        FloatVector zero = FloatVector.zero(S);
        for (int j = 0; j < outputs; j++) {
            int from = yFrom + j * channels;
            int at = first + j * step;
            int c = 0;
            for (; c <= channels - L; c += L) {
                FloatVector share = FloatVector.fromArray(S, dY, from + c);
                FloatVector which = FloatVector.fromArray(S, winner, from + c);
                for (int q = 0; q < offsets.length; q++) {
                    int to = at + offsets[q] + c;
                    FloatVector won = zero.blend(share, which.compare(EQ, FloatVector.broadcast(S, q)));
                    FloatVector.fromArray(S, dX, to).add(won).intoArray(dX, to);
                }
            }
            for (; c < channels; c++) {
                dX[at + offsets[(int) winner[from + c]] + c] += dY[from + c];
            }
        }
    }

    @Override
    public float multiplyAdds(int rounds, float factor) {
        FloatVector f = FloatVector.broadcast(S, factor);
        FloatVector s0 = FloatVector.broadcast(S, 1f);
        FloatVector s1 = FloatVector.broadcast(S, 2f);
        FloatVector s2 = FloatVector.broadcast(S, 3f);
        FloatVector s3 = FloatVector.broadcast(S, 4f);
        FloatVector s4 = FloatVector.broadcast(S, 5f);
        FloatVector s5 = FloatVector.broadcast(S, 6f);
        FloatVector s6 = FloatVector.broadcast(S, 7f);
        FloatVector s7 = FloatVector.broadcast(S, 8f);
        FloatVector s8 = FloatVector.broadcast(S, 9f);
        FloatVector s9 = FloatVector.broadcast(S, 10f);
        FloatVector s10 = FloatVector.broadcast(S, 11f);
        FloatVector s11 = FloatVector.broadcast(S, 12f);
        for (int i = 0; i < rounds; i++) {
            s0 = f.fma(f, s0);
            s1 = f.fma(f, s1);
            s2 = f.fma(f, s2);
            s3 = f.fma(f, s3);
            s4 = f.fma(f, s4);
            s5 = f.fma(f, s5);
            s6 = f.fma(f, s6);
            s7 = f.fma(f, s7);
            s8 = f.fma(f, s8);
            s9 = f.fma(f, s9);
            s10 = f.fma(f, s10);
            s11 = f.fma(f, s11);
        }
        return s0.add(s1)
                .add(s2)
                .add(s3)
                .add(s4)
                .add(s5)
                .add(s6)
                .add(s7)
                .add(s8)
                .add(s9)
                .add(s10)
                .add(s11)
                .lane(0);
    }

    @Override
    public void triad(float[] b, float[] c, float s, float[] a, int from, int to) {
        FloatVector factor = FloatVector.broadcast(S, s);
        for (int i = from; i <= to - L; i += L) {
            FloatVector.fromArray(S, c, i)
                    .fma(factor, FloatVector.fromArray(S, b, i))
                    .intoArray(a, i);
        }
        for (int i = to - (to - from) % L; i < to; i++) {
            a[i] = Math.fma(c[i], s, b[i]);
        }
    }

    // ---- Elementary functions. A vector must not cross from method to method: it would become an object on the heap.
    // ----

    @Override
    public void exp(float[] x, int xFrom, float[] y, int yFrom, int length) {
        int i = 0;
        for (; i <= length - L; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xFrom + i);
            FloatVector shifted =
                    v.fma(FloatVector.broadcast(S, FastMath.LOG2_E), FloatVector.broadcast(S, FastMath.ROUND));
            FloatVector n = shifted.sub(FastMath.ROUND);
            FloatVector r = n.fma(FloatVector.broadcast(S, -FastMath.LN2_HIGH), v);
            r = n.fma(FloatVector.broadcast(S, -FastMath.LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(S, FastMath.E4).fma(r, FloatVector.broadcast(S, FastMath.E3));
            p = p.fma(r, FloatVector.broadcast(S, FastMath.E2));
            p = p.fma(r, FloatVector.broadcast(S, FastMath.E1));
            p = p.fma(r, FloatVector.broadcast(S, FastMath.E0));
            FloatVector e = p.fma(r.mul(r), r).add(1f);
            IntVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23);
            FloatVector result = e.reinterpretAsInts().add(power).reinterpretAsFloats();
            result = result.blend(0f, v.compare(LT, FastMath.EXP_MIN));
            result = result.blend(Float.POSITIVE_INFINITY, v.compare(GT, FastMath.EXP_MAX));
            result.blend(v, v.compare(EQ, v).not()).intoArray(y, yFrom + i); // NaN stays NaN
        }
        for (; i < length; i++) {
            y[yFrom + i] = FastMath.exp(x[xFrom + i]);
        }
    }

    @Override
    public void log(float[] x, int xFrom, float[] y, int yFrom, int length) {
        int i = 0;
        for (; i <= length - L; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xFrom + i);
            VectorMask<Float> tiny = v.compare(LT, Float.MIN_NORMAL);
            IntVector bits = v.blend(v.mul(0x1p25f), tiny).reinterpretAsInts();
            IntVector exponent = bits.sub(0x3F3504F3).lanewise(ASHR, 23);
            FloatVector n = (FloatVector) exponent.convertShape(I2F, S, 0);
            n = n.add(FloatVector.zero(S).blend(-25f, tiny));
            FloatVector f =
                    bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
            FloatVector p = FloatVector.broadcast(S, FastMath.L8).fma(f, FloatVector.broadcast(S, FastMath.L7));
            p = p.fma(f, FloatVector.broadcast(S, FastMath.L6));
            p = p.fma(f, FloatVector.broadcast(S, FastMath.L5));
            p = p.fma(f, FloatVector.broadcast(S, FastMath.L4));
            p = p.fma(f, FloatVector.broadcast(S, FastMath.L3));
            p = p.fma(f, FloatVector.broadcast(S, FastMath.L2));
            p = p.fma(f, FloatVector.broadcast(S, FastMath.L1));
            p = p.fma(f, FloatVector.broadcast(S, FastMath.L0));
            FloatVector square = f.mul(f);
            FloatVector tail = n.fma(FloatVector.broadcast(S, FastMath.LN2_LOW), square.mul(-0.5f));
            tail = p.fma(square.mul(f), tail);
            FloatVector result = n.fma(FloatVector.broadcast(S, FastMath.LN2_HIGH), f.add(tail));
            result = result.blend(Float.NaN, v.compare(GE, 0f).not());
            result = result.blend(Float.NEGATIVE_INFINITY, v.compare(EQ, 0f));
            result.blend(Float.POSITIVE_INFINITY, v.compare(EQ, Float.POSITIVE_INFINITY))
                    .intoArray(y, yFrom + i);
        }
        for (; i < length; i++) {
            y[yFrom + i] = FastMath.log(x[xFrom + i]);
        }
    }

    @Override
    public void tanh(float[] x, int xFrom, float[] y, int yFrom, int length) {
        float[] power = BLOCK.get(); // exp 2|x| of one block
        for (int block = 0; block < length; block += power.length) {
            int count = Math.min(power.length, length - block);
            for (int i = 0; i < count; i++) {
                power[i] = 2 * Math.abs(x[xFrom + block + i]);
            }
            exp(power, 0, power, 0, count);
            for (int i = 0; i < count; i++) {
                y[yFrom + block + i] = FastMath.tanh(x[xFrom + block + i], power[i]);
            }
        }
    }

    @Override
    public void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int length) {
        for (int i = 0; i < length; i++) {
            y[yFrom + i] = -x[xFrom + i];
        }
        exp(y, yFrom, y, yFrom, length);
        for (int i = 0; i < length; i++) {
            y[yFrom + i] = 1 / (1 + y[yFrom + i]);
        }
    }

    @Override
    public void points(float[] logU, float[] v, float[] x, float[] y, int length) {
        int i = 0;
        for (; i <= length - L; i += L) {
            FloatVector r = FloatVector.fromArray(S, logU, i).mul(-2f).sqrt();
            FloatVector a = FloatVector.fromArray(S, v, i);
            FloatVector b = FloatVector.broadcast(S, 0.25f).sub(a);
            a = a.sub(a.add(FastMath.ROUND).sub(FastMath.ROUND));
            b = b.sub(b.add(FastMath.ROUND).sub(FastMath.ROUND));
            FloatVector s = a.mul(a);
            FloatVector c = b.mul(b);
            FloatVector p = FloatVector.broadcast(S, FastMath.S5).fma(s, FloatVector.broadcast(S, FastMath.S4));
            FloatVector q = FloatVector.broadcast(S, FastMath.S5).fma(c, FloatVector.broadcast(S, FastMath.S4));
            p = p.fma(s, FloatVector.broadcast(S, FastMath.S3));
            q = q.fma(c, FloatVector.broadcast(S, FastMath.S3));
            p = p.fma(s, FloatVector.broadcast(S, FastMath.S2));
            q = q.fma(c, FloatVector.broadcast(S, FastMath.S2));
            p = p.fma(s, FloatVector.broadcast(S, FastMath.S1));
            q = q.fma(c, FloatVector.broadcast(S, FastMath.S1));
            p = p.fma(s, FloatVector.broadcast(S, FastMath.S0));
            q = q.fma(c, FloatVector.broadcast(S, FastMath.S0));
            s = a.neg().fma(a, FloatVector.broadcast(S, 0.25f));
            c = b.neg().fma(b, FloatVector.broadcast(S, 0.25f));
            r.mul(b.mul(c).mul(q)).intoArray(x, i);
            r.mul(a.mul(s).mul(p)).intoArray(y, i);
        }
        for (; i < length; i++) {
            float r = (float) Math.sqrt(-2 * logU[i]);
            x[i] = r * FastMath.sinTurns(0.25f - v[i]);
            y[i] = r * FastMath.sinTurns(v[i]);
        }
    }

    @Override
    public void logistic(float[] x, int xFrom, float[] sigma, int sigmaFrom, float[] tail, int tailFrom, int length) {
        for (int i = 0; i < length; i++) {
            tail[tailFrom + i] = -Math.abs(x[xFrom + i]);
        }
        exp(tail, tailFrom, tail, tailFrom, length);
        for (int i = 0; i < length; i++) { // plain from here on: behind a mask, vectors may end on the heap
            sigma[sigmaFrom + i] = 1 / (1 + tail[tailFrom + i]);
        }
        for (int i = 0; i < length; i++) {
            sigma[sigmaFrom + i] *= x[xFrom + i] >= 0 ? 1 : tail[tailFrom + i];
        }
        for (int i = 0; i < length; i++) {
            tail[tailFrom + i] = FastMath.log1p(tail[tailFrom + i]);
        }
    }
}
