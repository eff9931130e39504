using OrleansTicker.LoadTest.Commands;

return await Tool.InvokeAsync(args);
