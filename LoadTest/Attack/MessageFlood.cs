using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Opens WebSockets with a valid token and sends messages as fast as the gateway reads them.</summary>
internal sealed class MessageFlood : IAttack
{
    private const int Lanes = 50;
    private const int MessagesPerSend = 50;

    private static readonly string[] Messages =
        ["""{"type":"ping"}""", """{"type":"subscribe","symbols":["BTC-USD"]}""", """{"type":"unsubscribe","symbols":["BTC-USD"]}""", "{", """{"type":"nothing"}"""];

    private readonly byte[] _messages = [.. Enumerable.Range(0, MessagesPerSend).SelectMany(i => FrameWriter.Text(Messages[i % Messages.Length]))];

    public string Name => "message-floods";

    public string Title => "sockets that send without end";

    public int Count => 2000;

    public Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken) =>
        attackers.SpreadAsync(
            attackers.Scaled(Count),
            Lanes,
            (number, _, stop) => InsideAttack.ExecuteAsync(attackers, number, SendAsync, stop),
            cancellationToken);

    private async Task SendAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            await connection.SendAsync(_messages, cancellationToken); // Until the connection ends.
        }
    }
}
