import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/**
 * The least that an HTTP server on Netty can do: one answer, whatever is asked. bench http compares the side port with
 * it. Arguments: port, bytes of the answer.
 */
final class FixedAnswer {
    private static final AsciiString LENGTH = HttpHeaderNames.CONTENT_LENGTH;
    private static final AsciiString TYPE = HttpHeaderNames.CONTENT_TYPE;
    private static final AsciiString OCTETS = AsciiString.cached("application/octet-stream");

    private FixedAnswer() {}

    public static void main(String[] arguments) throws InterruptedException {
        int bytes = Integer.parseInt(arguments[1]);
        var content = Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes).writeBytes("x".repeat(bytes).getBytes()));
        var length = AsciiString.of(Integer.toString(bytes));
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        new ServerBootstrap().group(group)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new IdleStateHandler(0, 0, 120), new HttpServerCodec(), new Answers(content, length));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static final class Answers extends ChannelInboundHandlerAdapter {
        private final ByteBuf content;
        private final AsciiString length;

        Answers(ByteBuf content, AsciiString length) {
            this.content = content;
            this.length = length;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest) {
                var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, content.duplicate());
                response.headers().set(TYPE, OCTETS).set(LENGTH, length);
                ctx.write(response, ctx.voidPromise());
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }
}
