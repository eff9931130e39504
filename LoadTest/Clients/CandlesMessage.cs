using System.Text.Json;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>A message of the channel <c>candles</c>.</summary>
internal sealed record CandlesMessage(string Symbol, string Interval, IReadOnlyList<ReceivedCandle> Data)
{
    /// <exception cref="FrameException">It cannot be read.</exception>
    public static CandlesMessage Parse(ServerMessage message)
    {
        try
        {
            return JsonSerializer.Deserialize(message.Bytes, ClientJson.Default.CandlesMessage)!;
        }
        catch (JsonException e)
        {
            throw new FrameException($"candles that cannot be read: {e.Message}");
        }
    }
}
