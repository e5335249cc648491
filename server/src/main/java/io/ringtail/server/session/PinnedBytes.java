package io.ringtail.server.session;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.lang.foreign.MemorySegment;

/**
 * Native memory of somebody else's, which hears of it when nobody sends from there any more.
 * Released like every buffer; owner: an event loop.
 */
final class PinnedBytes extends UnpooledDirectByteBuf {
    private static final UnpooledByteBufAllocator COPIES = new UnpooledByteBufAllocator(true, true);

    private final long address;
    private final Lender lender;

    /** Whose memory it is. */
    interface Lender {
        void givenBack(int bytes);
    }

    PinnedBytes(long address, int bytes, Lender lender) {
        super(COPIES, MemorySegment.ofAddress(address).reinterpret(bytes).asByteBuffer(), bytes);
        this.address = address;
        this.lender = lender;
    }

    @Override
    public boolean hasMemoryAddress() {
        return true;
    }

    @Override
    public long memoryAddress() {
        return address;
    }

    @Override
    protected void deallocate() {
        int bytes = capacity();
        super.deallocate();
        lender.givenBack(bytes);
    }
}
