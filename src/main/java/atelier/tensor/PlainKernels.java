package atelier.tensor;

/** The innermost loops in plain Java, for a JVM without the Vector API; bit for bit the results of {@code VectorKernels}. */
final class PlainKernels implements Kernels {

    @Override
    public int lanes() {
        return 2;
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
        for (int j = 0; j < vectors; j++) { // two columns and four rows at a time stay in registers
            for (int i = 0; i < m; i += 4) {
                tile(
                        Math.min(4, m - i),
                        depth,
                        a,
                        aFrom,
                        rows,
                        i,
                        cols,
                        colsFrom,
                        b,
                        bFrom + 2 * j,
                        bStride,
                        bias,
                        biasFrom + 2 * j,
                        accumulate,
                        c,
                        cFrom + i * cStride + 2 * j,
                        cStride);
            }
        }
    }

    private static void tile(
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
        int r0 = aFrom + rows[row];
        int r1 = aFrom + rows[row + Math.min(1, height - 1)]; // a tile with fewer rows repeats its last one
        int r2 = aFrom + rows[row + Math.min(2, height - 1)];
        int r3 = aFrom + rows[row + Math.min(3, height - 1)];
        int c1 = cFrom + Math.min(1, height - 1) * cStride;
        int c2 = cFrom + Math.min(2, height - 1) * cStride;
        int c3 = cFrom + Math.min(3, height - 1) * cStride;
        float s00 = accumulate ? c[cFrom] : bias == null ? 0 : bias[biasFrom];
        float s01 = accumulate ? c[cFrom + 1] : bias == null ? 0 : bias[biasFrom + 1];
        float s10 = accumulate ? c[c1] : s00;
        float s11 = accumulate ? c[c1 + 1] : s01;
        float s20 = accumulate ? c[c2] : s00;
        float s21 = accumulate ? c[c2 + 1] : s01;
        float s30 = accumulate ? c[c3] : s00;
        float s31 = accumulate ? c[c3 + 1] : s01;
        for (int q = 0, at = bFrom; q < depth; q++, at += bStride) {
            int col = cols[colsFrom + q];
            float b0 = b[at];
            float b1 = b[at + 1];
            float a0 = a[r0 + col];
            s00 = Math.fma(a0, b0, s00);
            s01 = Math.fma(a0, b1, s01);
            float a1 = a[r1 + col];
            s10 = Math.fma(a1, b0, s10);
            s11 = Math.fma(a1, b1, s11);
            float a2 = a[r2 + col];
            s20 = Math.fma(a2, b0, s20);
            s21 = Math.fma(a2, b1, s21);
            float a3 = a[r3 + col];
            s30 = Math.fma(a3, b0, s30);
            s31 = Math.fma(a3, b1, s31);
        }
        c[c3] = s30;
        c[c3 + 1] = s31;
        c[c2] = s20;
        c[c2 + 1] = s21;
        c[c1] = s10;
        c[c1 + 1] = s11;
        c[cFrom] = s00;
        c[cFrom + 1] = s01;
    }

    @Override
    public void add(float[] x, int xFrom, float[] y, int yFrom, int length) {
        for (int i = 0; i < length; i++) {
            y[yFrom + i] += x[xFrom + i];
        }
    }

    @Override
    public boolean allFinite(float[] x, int from, int to) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a += 0 * x[i];
            b += 0 * x[i + 1];
            c += 0 * x[i + 2];
            d += 0 * x[i + 3];
        }
        for (; i < to; i++) {
            a += 0 * x[i];
        }
        return a + b + c + d == 0;
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
        for (int i = 0, at = from; i < rows; i++) {
            for (int j = 0; j < columns; j++, at++) {
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
        for (int i = 0, at = from; i < rows; i++) {
            for (int j = 0; j < columns; j++, at++) {
                float normalised = (x[at] - mu[j]) * inverse[j];
                dX[at] = scale[j] * inverse[j] * (dY[at] - meanDY[j] - normalised * meanDYx[j]);
            }
        }
    }

    @Override
    public void columnSums(float[] x, int xFrom, int rows, int columns, float[] sum, int sumFrom) {
        for (int i = 0; i < rows; i++) {
            add(x, xFrom + i * columns, sum, sumFrom, columns);
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
            for (int c = 0; c < channels; c++) {
                int at = first + j * step + c;
                float best = x[at + offsets[0]];
                int which = 0;
                for (int q = 1; q < offsets.length; q++) {
                    float candidate = x[at + offsets[q]];
                    if (candidate > best) {
                        best = candidate;
                        which = q;
                    }
                }
                y[yFrom + j * channels + c] = best;
                winner[yFrom + j * channels + c] = which;
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
        for (int j = 0; j < outputs; j++) {
            for (int c = 0; c < channels; c++) {
                int from = yFrom + j * channels + c;
                dX[first + j * step + c + offsets[(int) winner[from]]] += dY[from];
            }
        }
    }

    @Override
    public float multiplyAdds(int rounds, float factor) {
        float s0 = 1;
        float s1 = 2;
        float s2 = 3;
        float s3 = 4;
        for (int i = 0; i < 6 * rounds; i++) { // four numbers at a time: a round is twelve vectors of two
            s0 = Math.fma(factor, factor, s0);
            s1 = Math.fma(factor, factor, s1);
            s2 = Math.fma(factor, factor, s2);
            s3 = Math.fma(factor, factor, s3);
        }
        return s0 + s1 + s2 + s3;
    }

    @Override
    public void triad(float[] b, float[] c, float s, float[] a, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = Math.fma(c[i], s, b[i]);
        }
    }

    @Override
    public void exp(float[] x, int xFrom, float[] y, int yFrom, int length) {
        for (int i = 0; i < length; i++) {
            y[yFrom + i] = FastMath.exp(x[xFrom + i]);
        }
    }

    @Override
    public void log(float[] x, int xFrom, float[] y, int yFrom, int length) {
        for (int i = 0; i < length; i++) {
            y[yFrom + i] = FastMath.log(x[xFrom + i]);
        }
    }

    @Override
    public void tanh(float[] x, int xFrom, float[] y, int yFrom, int length) {
        for (int i = 0; i < length; i++) {
            y[yFrom + i] = FastMath.tanh(x[xFrom + i]);
        }
    }

    @Override
    public void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int length) {
        for (int i = 0; i < length; i++) {
            y[yFrom + i] = FastMath.sigmoid(x[xFrom + i]);
        }
    }

    @Override
    public void points(float[] logU, float[] v, float[] x, float[] y, int length) {
        for (int i = 0; i < length; i++) {
            float r = (float) Math.sqrt(-2 * logU[i]);
            x[i] = r * FastMath.sinTurns(0.25f - v[i]);
            y[i] = r * FastMath.sinTurns(v[i]);
        }
    }

    @Override
    public void logistic(float[] x, int xFrom, float[] sigma, int sigmaFrom, float[] tail, int tailFrom, int length) {
        for (int i = 0; i < length; i++) {
            float e = FastMath.exp(-Math.abs(x[xFrom + i]));
            float q = 1 / (1 + e);
            sigma[sigmaFrom + i] = x[xFrom + i] >= 0 ? q : e * q;
            tail[tailFrom + i] = FastMath.log1p(e);
        }
    }
}
