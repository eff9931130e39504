using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

public sealed class ClientCompressionTests
{
    [Theory]
    [InlineData("permessage-deflate", true, 15)]
    [InlineData("permessage-deflate; client_no_context_takeover", false, 15)]
    [InlineData("permessage-deflate; client_max_window_bits=8", true, 8)]
    [InlineData("permessage-deflate; client_max_window_bits=\"10\"", true, 10)]
    [InlineData("permessage-deflate; server_no_context_takeover; server_max_window_bits=9", true, 15)]
    [InlineData("permessage-deflate;client_no_context_takeover;client_max_window_bits=12;server_no_context_takeover", false, 12)]
    public void A_response_says_how_the_client_may_compress(string header, bool takeover, byte bits) =>
        Assert.Equal(new ClientCompression(takeover, bits), ClientCompression.Of(header));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_a_response_the_client_may_not_compress(string? header) => Assert.Null(ClientCompression.Of(header));

    [Theory]
    [InlineData("x-webkit-deflate-frame")]
    [InlineData("permessage-deflate; client_max_window_bits")]
    [InlineData("permessage-deflate; client_max_window_bits=7")]
    [InlineData("permessage-deflate; client_max_window_bits=16")]
    [InlineData("permessage-deflate; client_max_window_bits=+9")]
    [InlineData("permessage-deflate; other")]
    [InlineData("permessage-deflate, permessage-deflate")]
    public void What_the_gateway_never_answers_is_a_fault(string header) => Assert.Throws<FormatException>(() => ClientCompression.Of(header));
}
