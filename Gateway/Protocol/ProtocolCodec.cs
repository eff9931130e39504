using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>Between the wire's messages and the cluster's.</summary>
internal static class ProtocolCodec
{
    /// <summary>The name of the protocol's version 1 as a WebSocket subprotocol.</summary>
    public const string Subprotocol = "ticker.v1";

    private static readonly ErrorMessage InvalidJson = new("invalid_json", "The message is not a JSON object.");
    private static readonly ErrorMessage InvalidMessage = new("invalid_message", "The message needs a \"type\" that is a string.");

    /// <summary>Reads a client's message.</summary>
    /// <param name="utf8">The message's text.</param>
    /// <param name="message">The message, where it is one.</param>
    /// <param name="error">What to tell the client, where it is none.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out ClientMessage? message,
        [NotNullWhen(false)] out ErrorMessage? error)
    {
        message = null;
        error = null;
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray());
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                error = InvalidJson;
            }
            else if (!document.RootElement.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String)
            {
                error = InvalidMessage;
            }
            else
            {
                message = new ClientMessage(type.GetString()!);
                return true;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with an unpaired surrogate, which JSON allows and .NET strings do not hold.
            error = InvalidJson;
        }

        return false;
    }

    /// <summary>Writes a message to a client.</summary>
    /// <param name="message">The message.</param>
    /// <param name="epoch">The ticker's epoch as the gateway knows it.</param>
    public static byte[] Write(ServerMessage message, long epoch)
    {
        ServerMessageJson json = message switch
        {
            WelcomeMessage welcome => new WelcomeJson(welcome.ActorId, welcome.ConnectionId, epoch, welcome.ExpiresAt.ToUnixTimeSeconds()),
            PongMessage => new PongJson(),
            ErrorMessage error => new ErrorJson(error.Code, error.Message),
            _ => throw new ArgumentException($"The protocol has no message for {message.GetType()}.", nameof(message)),
        };
        return JsonSerializer.SerializeToUtf8Bytes(json, ProtocolJson.Default.ServerMessageJson);
    }
}
