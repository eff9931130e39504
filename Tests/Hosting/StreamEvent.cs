using System.Text.Json;

namespace OrleansTicker.Tests.Hosting;

/// <summary>What a client dispatches for an event of a stream.</summary>
/// <param name="Name">Its name; <c>message</c> if it has none.</param>
/// <param name="Data">Its data.</param>
/// <param name="LastId">The last id, of this event or of one before it.</param>
internal sealed record StreamEvent(string Name, string Data, string LastId)
{
    /// <summary>The data as JSON.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Data);
            return document.RootElement.Clone();
        }
    }
}
