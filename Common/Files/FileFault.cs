namespace OrleansTicker.Common.Files;

/// <summary>Explains what keeps a process from writing to a file system.</summary>
public static class FileFault
{
    // errno of Linux and macOS.
    private const int ReadOnlyFileSystem = 30;
    private const int NoSpaceLeft = 28;

    // System error codes of Windows.
    private const int WriteProtected = 19;
    private const int HandleDiskFull = 39;
    private const int DiskFull = 112;

    /// <summary>How many bytes a file has to take before its disk counts as having room.</summary>
    private const int Probe = 65_536;

    /// <summary>Why nothing could be written, or null if the exception has another cause.</summary>
    public static string? WhyNotWritten(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "this process's user has no permission",
        IOException when CodeOf(exception) is ReadOnlyFileSystem && !OperatingSystem.IsWindows() => "the file system is read-only",
        IOException when CodeOf(exception) is WriteProtected && OperatingSystem.IsWindows() => "the disk is write-protected",
        IOException when CodeOf(exception) is NoSpaceLeft && !OperatingSystem.IsWindows() => "the disk is full",
        IOException when CodeOf(exception) is HandleDiskFull or DiskFull && OperatingSystem.IsWindows() => "the disk is full",
        _ => null,
    };

    /// <summary>Why no file can be created in a folder, or null if one can. It creates one and deletes it.</summary>
    public static string? WhyNoFileIn(string folder)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.DeleteOnClose,
        };
        try
        {
            using var file = new FileStream(Path.Combine(folder, $".probe-{Path.GetRandomFileName()}"), options);
            file.Write(new byte[Probe]);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return WhyNotWritten(exception) ?? exception.Message;
        }
    }

    /// <summary>Why an existing file can't be opened with this access, or null if it can.</summary>
    public static string? WhyNotOpened(string path, FileAccess access)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return WhyNotWritten(exception) ?? exception.Message;
        }
    }

    // .NET keeps the system's error code in HResult.
    private static int CodeOf(Exception exception) => OperatingSystem.IsWindows() ? exception.HResult & 0xFFFF : exception.HResult;
}
