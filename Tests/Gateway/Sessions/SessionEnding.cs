using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>A way in which a session ends, for every close code of docs/protocol.md.</summary>
/// <param name="close">The code and reason that the client must see.</param>
/// <param name="begin">What the client or the gateway does.</param>
internal sealed class SessionEnding(string close, Func<RawClient, Action<CloseReason>, Task> begin)
{
    private const byte Text = 0x81;
    private const byte CompressedText = 0xC1;

    /// <summary>More than is read at once, as a client sends before it learns that it is closed.</summary>
    private static readonly byte[] FurtherBytes = new byte[10_000];

    public static readonly SessionEnding[] All =
    [
        new("1000 closed", (client, _) => client.SendFrameAsync(0x88, [0x03, 0xE8])),
        new("1002 protocol error", (client, _) => client.SendAsync([Text, 1, (byte)'?', .. FurtherBytes])), // Not masked.
        new("1002 protocol error", (client, _) => client.SendAsync([0x83, 0x80, 0, 0, 0, 0])), // No such frame.
        new("1003 text messages only", (client, _) => client.SendFrameAsync(0x82, [1, 2, 3])),
        new("1007 unreadable message", (client, _) => client.SendAsync([Text, 0x81, 0, 0, 0, 0, 0xFF, .. FurtherBytes])),
        new("1007 unreadable message", (client, _) => client.SendFrameAsync(CompressedText, [0xFF, 0xFF, 0xFF, 0xFF])), // No such block.
        new("1009 message too big", (client, _) => client.SendAsync([Text, 0xFE, 0x10, 0x01, 0, 0, 0, 0, .. Enumerable.Repeat((byte)' ', 4097)])),
        new("4429 too many messages", (client, _) => client.SendAsync(
            [.. Enumerable.Repeat<byte[]>([Text, 0x82, 0, 0, 0, 0, (byte)'{', (byte)'}'], 2000).SelectMany(message => message)])),
        .. new[]
        {
            CloseReason.ByAdministrator, CloseReason.ConnectionLost, CloseReason.GatewayStopping, CloseReason.TokenExpired,
            CloseReason.TokenRevoked, CloseReason.ApiKeyEnded, CloseReason.Stalled, CloseReason.Silent,
        }.Select(reason => new SessionEnding($"{reason.Code} {reason.Text}", (_, end) =>
        {
            end(reason);
            return Task.CompletedTask;
        })),
    ];

    public string Close => close;

    /// <summary>Ends a client's session in this way.</summary>
    /// <param name="client">A client that has offered compression, and has received nothing yet.</param>
    /// <param name="gateway">Its gateway.</param>
    /// <param name="answers">Whether the client answers the close frame with its own.</param>
    /// <returns>What it sees.</returns>
    public async Task<string> EndAsync(RawClient client, GatewayHost gateway, bool answers)
    {
        var id = await client.ReadConnectionIdAsync();
        var sessions = gateway.Services.GetRequiredService<SessionRegistry>();
        await begin(client, reason => sessions.Find(SessionSelector.All).Single(session => session.Session.Id == id).Session.End(reason));
        return await ReadEndingAsync(client, answers);
    }

    /// <summary>Reads until the connection ends.</summary>
    public static async Task<string> ReadEndingAsync(RawClient client, bool answers)
    {
        try
        {
            var close = await client.ReadCloseAsync();
            if (answers)
            {
                await client.SendFrameAsync(0x88, [0x03, 0xE8]);
            }

            return $"{close}, then {await client.ReadEndAsync()}";
        }
        catch (IOException e)
        {
            return $"no close frame: {e.Message}";
        }
    }
}
