using System.Globalization;
using OrleansTicker.Common.Files;

namespace OrleansTicker.Gateway.Audit;

/// <summary>
/// The audit log's files. Only one grows at a time. Its name has the time and the process that started it, so that several processes can
/// share a folder and names sort by time. Only one thread may call it.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="maxBytes">The size at which the next file is started, in bytes.</param>
/// <param name="maxFiles">How many are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class AuditFiles(string folder, int maxBytes, int maxFiles, TimeProvider time) : IDisposable
{
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private FileStream? _file;
    private int _number;

    /// <summary>Creates the folder and the first file.</summary>
    /// <exception cref="IOException">They can't be created.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not create them.</exception>
    public void Open()
    {
        OwnerFolder.Make(folder);
        _file = Create();
        DeleteOldest();
    }

    /// <summary>Appends lines, each with its line break.</summary>
    /// <exception cref="IOException">The lines were not written, or not completely. The next lines go into another file.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not create the next file.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (_file is null || _file.Length >= maxBytes)
        {
            Dispose();
            Open();
        }

        try
        {
            _file!.Write(lines);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private FileStream Create()
    {
        var begun = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        while (true)
        {
            // The number only grows: the number of a deleted file, used again, would sort before older files.
            var path = Path.Combine(folder, $"audit-{begun}-{Environment.ProcessId}-{_number++:D6}.jsonl");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerReads;
            }

            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Started in the same second, perhaps by a process with the same id in another container.
            }
        }
    }

    private void DeleteOldest()
    {
        var files = Directory.GetFiles(folder, "audit-*.jsonl");
        foreach (var oldest in files.Order(StringComparer.Ordinal).SkipLast(maxFiles))
        {
            try
            {
                // A process that still writes to it holds a lock on it.
                using var unused = new FileStream(oldest, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(oldest);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is kept until the next attempt.
            }
        }
    }
}
