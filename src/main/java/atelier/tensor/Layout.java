package atelier.tensor;

/**
 * The order in which a tensor's numbers stand in memory. The shape and every index stay the same; only the strides differ.
 *
 * <pre>{@code
 * offset(n,c,h,w) = ((n·C + c)·H + h)·W + w          ROW_MAJOR       (T1)
 * offset(n,c,h,w) = ((n·H + h)·W + w)·C + c          CHANNELS_LAST   (T2)
 * }</pre>
 *
 * <p>Image layers compute channels last: the C numbers of one pixel stand together, so that a patch is a few long runs
 * of contiguous numbers and the channels fill the SIMD lanes. With one channel both orders are the same.
 */
public enum Layout {
    ROW_MAJOR,
    CHANNELS_LAST
}
