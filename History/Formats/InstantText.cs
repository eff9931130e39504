using System.Globalization;

namespace OrleansTicker.History.Formats;

/// <summary>Reads the times of files, as people and programs write them.</summary>
public static class InstantText
{
    /// <summary>Reads a time: ISO 8601, of UTC if it does not say otherwise, or Unix seconds.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            var isTime = seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
            time = isTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
            return isTime;
        }

        // The platform reads more than ISO 8601, such as days without a year.
        time = default;
        return text.Length >= 10 && text[4] == '-' && text[7] == '-' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
